/** What permissions look like to people: grouped by what they are about. */

const order = ['course', 'category', 'course_import', 'enrollment', 'progress', 'note', 'review', 'message', 'file', 'member', 'invitation', 'role', 'tenant', 'activity', 'audit', 'profile'];
const rank = (subject: string) => (order.includes(subject) ? order.indexOf(subject) : order.length);

export interface PermissionGroup { subject: string; permissions: string[] }

/** Permissions (`course:update:own`) by their subject, the most used subjects first. */
export function groupPermissions(permissions: readonly string[]): PermissionGroup[] {
  const groups = Map.groupBy(permissions, (permission) => permission.split(':', 1)[0] ?? '');
  return [...groups]
    .map(([subject, members]) => ({ subject, permissions: members.toSorted() }))
    .toSorted((a, b) => rank(a.subject) - rank(b.subject) || a.subject.localeCompare(b.subject));
}

/** A role's key made from its name: Latin letters, digits and hyphens. */
export function keyFrom(name: string): string {
  const key = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[-0-9]+|-+$/g, '');
  return key.slice(0, 40).replace(/-+$/, '') || `role-${Date.now().toString(36)}`;
}
