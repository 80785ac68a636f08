-- The permissions that there were when the roles last followed their blueprint. One that is new since comes to the roles that carry it there;
-- one that is known and absent from a role was taken away by somebody, and stays away.
-- Tenants that were furnished before this was written down know those of that day.
alter table tenancy.furnishing add known_permissions text[] not null default array[
  'audit:read', 'category:manage', 'course:archive', 'course:archive:own', 'course:create', 'course:publish', 'course:publish:own', 'course:read', 'course:update', 'course:update:own',
  'course_import:create', 'course_import:read', 'course_import:read:own', 'enrollment:create:own', 'enrollment:leave:own', 'enrollment:read', 'enrollment:read:own', 'invitation:create',
  'invitation:read', 'member:read', 'member:update', 'profile:update:own', 'progress:update:own', 'role:read', 'role:update', 'tenant:read', 'tenant:update'];
alter table tenancy.furnishing alter known_permissions drop default;
grant update (known_permissions) on tenancy.furnishing to milpa_app;
