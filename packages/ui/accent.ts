/**
 * A tenant gives one colour. These pure functions derive from it, for daylight and for night, what stands on the
 * screen, so that no choice of a tenant can make text unreadable. Contrast is that of WCAG 2.2 (relative luminance).
 */

/** Ground colours of the two themes; the same values as --paper, --surface, --sunk in styles/tokens.css. */
const GROUNDS = {
  day: { paper: '#fbf7ee', sunk: '#f3ecdd', far: '#000000' },
  night: { paper: '#121a27', sunk: '#1a2433', far: '#ffffff' },
} as const;

const INKS = ['#ffffff', '#14110b'] as const;
const TEXT_CONTRAST = 4.5;
const SHAPE_CONTRAST = 3;
/** A fill with a legible label on it only has to be seen: a yellow stays yellow. */
const FILL_CONTRAST = 1.6;

export const DEFAULT_ACCENT = '#2d6a3e';

export type Theme = keyof typeof GROUNDS;

export type Accent = {
  /** Fill of the primary button and of chosen things: as near to the tenant's colour as legibility lets it be. */
  accent: string;
  /** Text and icons on the fill: at least 4.5:1. */
  ink: string;
  /** The accent as text, on paper, sunk ground and soft ground: at least 4.5:1 on each. */
  text: string;
  /** A quiet ground for chosen or highlighted things; carries `text`. */
  soft: string;
};

export type AccentCheck = {
  /** The colour as given stands out (3:1) from the paper of both themes and can carry a label. Others are adapted, never refused. */
  ok: boolean;
  /** Contrast of the colour with daylight paper and with night paper. */
  ratioLight: number;
  ratioDark: number;
  /** The nearest shade that serves in both themes; the colour itself when ok. */
  suggestion: string;
};

/** True for #rgb and #rrggbb. */
export function isHexColour(value: string): boolean {
  return /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value);
}

/** WCAG 2.2 contrast ratio of two hex colours, from 1 to 21. Throws RangeError for anything but #rgb or #rrggbb. */
export function contrastRatio(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The accent of one theme, derived from the tenant's colour. Throws RangeError for anything but a hex colour. */
export function deriveAccent(hex: string, theme: Theme): Accent {
  const { paper, sunk, far } = GROUNDS[theme];
  const accent = towards(hex, far, shade => contrastRatio(shade, paper) >= FILL_CONTRAST && bestInk(shade) !== undefined);
  const soft = mix(paper, hex, theme === 'day' ? 0.12 : 0.16);
  const text = towards(accent, far, shade => [paper, sunk, soft].every(ground => contrastRatio(shade, ground) >= TEXT_CONTRAST));
  return { accent, ink: bestInk(accent) ?? far, text, soft };
}

/** Whether a tenant's colour can be used as it is, and what to propose when it cannot. Throws RangeError for a bad hex. */
export function checkAccent(hex: string): AccentCheck {
  const serves = (shade: string) =>
    bestInk(shade) !== undefined &&
    contrastRatio(shade, GROUNDS.day.paper) >= SHAPE_CONTRAST &&
    contrastRatio(shade, GROUNDS.night.paper) >= SHAPE_CONTRAST;
  const tooPale = contrastRatio(hex, GROUNDS.day.paper) < SHAPE_CONTRAST;
  return {
    ok: serves(hex),
    ratioLight: rounded(contrastRatio(hex, GROUNDS.day.paper)),
    ratioDark: rounded(contrastRatio(hex, GROUNDS.night.paper)),
    suggestion: towards(hex, tooPale ? '#000000' : '#ffffff', serves),
  };
}

/**
 * The stylesheet that gives a page its tenant's accent; goes into the shell's <style nonce>, before or after styles.css
 * (hence the doubled :root). Throws RangeError for a bad hex.
 */
export function accentCss(hex: string): string {
  const properties = (['day', 'night'] as const).flatMap(theme => {
    const { accent, ink, text, soft } = deriveAccent(hex, theme);
    return [`--accent-${theme}:${accent}`, `--accent-ink-${theme}:${ink}`, `--accent-text-${theme}:${text}`, `--accent-soft-${theme}:${soft}`];
  });
  return `:root:root{${properties.join(';')}}`;
}

function bestInk(fill: string): string | undefined {
  return INKS.find(ink => contrastRatio(ink, fill) >= TEXT_CONTRAST);
}

/** The first shade on the way from a colour to another that passes; the other colour if none does. */
function towards(from: string, to: string, passes: (shade: string) => boolean): string {
  for (let step = 0; step < 100; step++) {
    const shade = mix(from, to, step / 100);
    if (passes(shade)) return shade;
  }
  return to;
}

function mix(from: string, to: string, share: number): string {
  const target = channels(to);
  return `#${channels(from).map((channel, i) => Math.round(channel + ((target[i] ?? channel) - channel) * share).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map(channel => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(hex: string): number[] {
  if (!isHexColour(hex)) throw new RangeError(`Not a hex colour: ${hex}`);
  const digits = hex.length === 4 ? hex.slice(1).replaceAll(/./g, '$&$&') : hex.slice(1);
  return [0, 2, 4].map(at => Number.parseInt(digits.slice(at, at + 2), 16));
}

function rounded(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
