import { hkdfSync } from 'node:crypto';
import type { RolePasswords } from '@milpa/kernel';

/** A secret for one purpose, so that none of them says anything about another. */
export const deriveSecret = (secret: string, purpose: string): string =>
  Buffer.from(hkdfSync('sha256', secret, 'milpa', purpose, 32)).toString('base64url');

/** Passwords of the database roles that serve requests. */
export const rolePasswords = (secret: string): RolePasswords => ({ app: deriveSecret(secret, 'role:app'), control: deriveSecret(secret, 'role:control') });
