-- Support is let in for as long as was said, and no access ends after its time.
select id from identity.support_access
where state = 'granted' and (expires_at <> decided_at + make_interval(hours => hours) or ended_at > expires_at)
