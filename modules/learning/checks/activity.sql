-- Each member's last active day is counted once, and no day has more of them than were active.
select d.day from learning.activity_day d
where d.last_active > d.active_learners
   or d.last_active <> (select count(*) from learning.active_member m where m.last_day = d.day)
