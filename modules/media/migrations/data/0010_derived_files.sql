-- Archives made from what is kept here anyway, for whoever has a right to them: no archive of the organisation contains them again.
alter table media.file add derived boolean not null default false;
