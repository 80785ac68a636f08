/** People who are not signed in may read, whatever a role says: a change needs somebody who made it. */
export const beyondReading = (permissions: readonly string[]): string[] => permissions.filter((permission) => !permission.endsWith(':read'));
