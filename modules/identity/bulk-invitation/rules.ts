/** What a list of people to invite says, line by line: no I/O. */
import { fold } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';
import { isAddress, type PersonLine } from '../people-list/people.ts';
import type { BulkInvitationForecast, RoleName } from '../tables.ts';

export const maxLines = 10_000;

const digits = (text: string) => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));

/**
 * The day that a cell names, as `2027-01-31`: the year first, or last with the day before the month; of `05/06/2027` nobody can tell which is which.
 * @returns undefined for what is no day, or not surely one.
 */
export function dayOf(text: string): string | undefined {
  const [, a = '', mark = '', b = '', c = ''] = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/.exec(digits(text).trim()) ?? [];
  const [year, month, day] = a.length === 4 ? [a, b, c] : [c, b, a];
  if (year.length !== 4 || (a.length !== 4 && mark !== '.' && Number(day) <= 12)) return undefined;
  const named = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${named}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(named) ? named : undefined;
}

const languages: Record<Locale, readonly string[]> = {
  en: ['en', 'english', 'ingles', 'الانجليزيه', 'انجليزي'], 'es-MX': ['es', 'es-mx', 'spanish', 'espanol', 'الاسبانيه', 'اسباني'], ar: ['ar', 'arabic', 'arabe', 'العربيه', 'عربي'],
};
export const localeOf = (text: string): Locale | undefined => (Object.keys(languages) as Locale[]).find((locale) => languages[locale].includes(fold(text).trim()));

interface Role { id: string; key: string; name: RoleName; permissions: readonly string[] }
/** By its key, or its name in any language. */
export const roleOf = <R extends Role>(text: string, roles: readonly R[]): R | undefined => roles.find(({ key, name }) => [key, ...Object.values(name)].some((word) => word && fold(word).trim() === fold(text).trim()));

export interface Standing {
  roles: readonly Role[];
  fallback: { roleId: string; locale: Locale };
  mayGive: (role: Role) => boolean;
  members: ReadonlySet<string>;
  /** Whose invitation still works. */
  invited: ReadonlySet<string>;
  /** Places left for members, without those that invitations wait for. */
  seats: number;
  /** As `2027-01-31`, where the organisation is. */
  today: string;
}

export interface ReadLine { line: number; name: string; email: string; roleText: string; roleId: string | null; until: string | null; locale: Locale; forecast: BulkInvitationForecast }

/** What would become of each line, in order: the first of equal addresses counts, and so does the first to take a place. */
export function forecastLines(lines: readonly PersonLine[], standing: Standing): ReadLine[] {
  const { roles, fallback } = standing;
  const seen = new Set<string>();
  let { seats } = standing;
  return lines.map(({ line, name, email, role: roleText, until: untilText, language }) => {
    const role = roleText === '' ? roles.find(({ id }) => id === fallback.roleId) : roleOf(roleText, roles);
    const [until, locale] = [untilText === '' ? null : dayOf(untilText), language === '' ? fallback.locale : localeOf(language)];
    const forecast = (): BulkInvitationForecast => {
      if (!isAddress(email)) return 'bad_address';
      if (seen.has(email)) return 'duplicate';
      seen.add(email);
      if (standing.members.has(email)) return 'already_member';
      if (standing.invited.has(email)) return 'already_invited';
      if (!role) return 'no_such_role';
      if (!standing.mayGive(role)) return 'not_allowed';
      if (until === undefined || (until !== null && until < standing.today)) return 'bad_date';
      if (locale === undefined) return 'bad_language';
      if (seats <= 0) return 'no_place';
      seats -= 1;
      return 'invite';
    };
    return { line, name, email, roleText, roleId: role?.id ?? null, until: until ?? null, locale: locale ?? fallback.locale, forecast: forecast() };
  });
}
