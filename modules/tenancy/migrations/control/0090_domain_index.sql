-- Domains that are due are found by an expression over several columns: no query reads this.
drop index tenancy_control.domain_checked_at_idx;
