-- Who was active on a day is asked while the day's events may still arrive: docs/decisions/0023-retention.md.
grant delete on learning.active_learner to milpa_app;
