-- Why a member may not enter, for those who administer; gone once they may again.
alter table identity.member
  add column suspension_reason text check (length(suspension_reason) between 1 and 500),
  add column suspended_at timestamptz,
  add check (status = 'suspended' or (suspension_reason is null and suspended_at is null));
