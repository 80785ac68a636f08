-- What was a member's alone goes when they leave.
grant delete on learning.note, learning.reading_preference to milpa_app;
