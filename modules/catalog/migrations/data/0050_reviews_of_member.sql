create index on catalog.course_review (tenant_id, requested_by);
