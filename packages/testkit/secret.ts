/** The secret of every test installation; the database roles' passwords follow from it, and roles are shared by all databases of a server. */
export const testSecret = 'a secret that protects nothing but the tests';
