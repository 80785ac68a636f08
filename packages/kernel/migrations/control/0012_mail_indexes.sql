-- Health is asked for every few seconds, and mail that was sent stays for thirty days: neither what waits nor what was sent last is looked for among all of it.
create index on kernel_control.mail (created_at) where state = 'pending';
create index on kernel_control.mail (sent_at) where state = 'sent';
