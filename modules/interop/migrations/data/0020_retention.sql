-- Reports of imports go after a year: docs/decisions/0023-retention.md.
grant delete on interop.course_import to milpa_app;
