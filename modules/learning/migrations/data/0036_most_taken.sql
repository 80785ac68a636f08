-- What is taken most in an organisation, without looking at all its courses.
create index course_statistic_enrolled on learning.course_statistic (tenant_id, enrolled desc, course_id);
