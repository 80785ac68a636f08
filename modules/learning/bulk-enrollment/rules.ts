import type { BulkForecast } from '../tables.ts';
import { isAddress } from '@milpa/identity';

export const maxLines = 5000;

export interface Standing {
  /** By address: members, and whether they take the course now. */
  members: ReadonlyMap<string, { id: string; active: boolean; enrolled: boolean }>;
  mayInvite: boolean;
  /** Places left in the cohort, and in the organisation for members. */
  places: number;
  seats: number;
}

/** What would become of each address, in order: the first of equal ones counts, and so does the first to take a place. */
export function forecastLines(emails: readonly string[], { members, mayInvite, ...left }: Standing): BulkForecast[] {
  const seen = new Set<string>();
  let { places, seats } = left;
  return emails.map((email) => {
    if (!isAddress(email)) return 'bad_address';
    if (seen.has(email)) return 'duplicate';
    seen.add(email);
    const member = members.get(email);
    if (member && !member.active) return 'suspended';
    if (member?.enrolled) return 'already_enrolled';
    if (!member && !mayInvite) return 'not_a_member';
    if (places <= 0 || (!member && seats <= 0)) return 'no_place';
    places -= 1;
    if (!member) seats -= 1;
    return member ? 'enroll' : 'invite';
  });
}
