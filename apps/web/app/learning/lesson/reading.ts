/** How somebody likes to read: kept with the member, and in a cookie, so that a page comes as they like it. */
import type { ReadingPreference } from '@milpa/learning/contract';

/** The id of the panel in which it is chosen. */
export const readingPanel = 'reading';

export const choices = {
  size: ['small', 'normal', 'large', 'larger', 'largest'],
  spacing: ['normal', 'loose', 'looser'],
  measure: ['narrow', 'normal', 'wide'],
  ground: ['auto', 'paper', 'warm', 'contrast', 'night'],
  font: ['book', 'plain'],
} as const satisfies { [K in Exclude<keyof ReadingPreference, 'justify'>]: readonly ReadingPreference[K][] };

export const asUsual: ReadingPreference = { size: 'normal', spacing: 'normal', measure: 'normal', ground: 'auto', font: 'book', justify: false };

const names = Object.keys(choices) as (keyof typeof choices)[];

/** From a form, or from anything else that names choices; what is not offered is as usual. */
export function preferenceFrom(chosen: (name: string) => unknown): ReadingPreference {
  const preference = { ...asUsual, justify: ['on', 'true', true].includes(chosen('justify') as string) };
  for (const name of names) if ((choices[name] as readonly unknown[]).includes(chosen(name))) Object.assign(preference, { [name]: chosen(name) });
  return preference;
}

/** Null when the browser has none yet. */
export function preferenceIn(cookies: string | null): ReadingPreference | null {
  const value = /(?:^|;\s*)reading=([\w.]+)/.exec(cookies ?? '')?.[1];
  if (!value) return null;
  const [justify, ...parts] = value.split('.');
  return preferenceFrom((name) => (name === 'justify' ? justify === '1' : parts[names.indexOf(name as keyof typeof choices)]) as unknown);
}

const oneYear = 365 * 24 * 60 * 60;

/** Not for the server alone: without a network the browser keeps it by itself. */
export const cookieFor = (preference: ReadingPreference, secure: boolean): string =>
  `reading=${[preference.justify ? '1' : '0', ...names.map((name) => preference[name])].join('.')}; Path=/; Max-Age=${oneYear}; SameSite=Lax${secure ? '; Secure' : ''}`;

const themes: Partial<Record<ReadingPreference['ground'], string>> = { paper: 'light', warm: 'light', night: 'dark' };

/** What the stylesheet goes by. */
export const attributesOf = ({ ground, justify, ...rest }: ReadingPreference): Record<`data-${string}`, string | undefined> => ({
  'data-theme': themes[ground], 'data-ground': ground, 'data-size': rest.size, 'data-spacing': rest.spacing, 'data-measure': rest.measure, 'data-font': rest.font, 'data-justify': justify ? '' : undefined,
});
