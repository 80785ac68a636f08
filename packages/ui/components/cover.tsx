import { clsx } from 'clsx';
import { MOTIFS, type Motif, type Shape } from './motifs.ts';
import { dice, hash } from './seed.ts';

const PALETTES = 6;
const NAMES = Object.keys(MOTIFS) as Motif[];

export type CoverProps = {
  /** The id of what the cover stands for: the same id always gets the same cover. */
  seed: string;
  /** One of the motifs; drawn by lot when absent. */
  motif?: Motif;
  className?: string;
};

/** A picture of fields, furrows and leaves, drawn from an id: 16:9, decorative, under 2.5 KB of markup, right in both themes. */
export function Cover({ seed, motif, className }: CoverProps) {
  const number = hash(seed);
  const drawn = motif ?? NAMES[number % NAMES.length] ?? 'field';
  const palette = Math.floor(number / NAMES.length) % PALETTES;
  return (
    <svg className={clsx('ui-cover', `ui-cover-${palette}`, className)} viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      <path className="k0" d="M0 0h320v180H0z" />
      {MOTIFS[drawn](dice(number)).map((shape, i) => <Drawn key={i} {...shape} />)}
    </svg>
  );
}

function Drawn({ colour, d, line, dash }: Shape) {
  if (line === undefined) return <path className={`k${colour}`} d={d} />;
  return <path className={`s${colour}`} d={d} strokeWidth={line} strokeDasharray={dash} />;
}
