/** What an operation is about by its name, where the log does not say: `catalog.createCourse` is about a course. */
export function subjectTypeOf(action: string): string | null {
  const made = /\.(?:create|add)([A-Z]\w*)$/.exec(action)?.[1];
  return made ? made[0]!.toLowerCase() + made.slice(1) : null;
}

export const logoBytes = 512 * 1024;

/** Where the tenant's logo is: at another address whenever it changes, since browsers keep what they have. */
export const logoUrl = (fileId: string | null): string | null => fileId && `/api/v1/settings/logo?v=${fileId}`;
