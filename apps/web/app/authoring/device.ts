/** Text that the server does not have yet, kept on this device: one for each tenant, member and thing that is written. */
export interface Kept<Fields> { fields: Fields; version: number; at: string }

const name = (key: string) => `milpa.draft:${key}`;

export function keep<Fields>(key: string, kept: Kept<Fields>): boolean {
  try {
    localStorage.setItem(name(key), JSON.stringify(kept));
    return true;
  } catch {
    return false; // full, or not allowed
  }
}

export function kept<Fields>(key: string): Kept<Fields> | null {
  try {
    return JSON.parse(localStorage.getItem(name(key)) ?? 'null') as Kept<Fields> | null;
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(name(key));
  } catch { /* nothing was kept either */ }
}
