import type { ReactNode } from 'react';
import { hash } from './seed.ts';

export type Tone = 'neutral' | 'maize' | 'leaf' | 'squash' | 'clay' | 'night';

/** The state of something: published, overdue, new. */
export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return <span className="ui-badge" data-tone={tone}>{icon}{children}</span>;
}

/** What something is about. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="ui-tag">{children}</span>;
}

export type AvatarProps = { name: string; src?: string; size?: 'small' | 'medium' | 'large' };

const AVATAR_TONES: readonly Tone[] = ['maize', 'leaf', 'squash', 'clay', 'night'];

/** A person's picture, or the first letters of the name. Decorative: the name stands beside it. */
export function Avatar({ name, src, size = 'medium' }: AvatarProps) {
  const tone = AVATAR_TONES[hash(name) % AVATAR_TONES.length];
  return (
    <span className="ui-avatar" data-size={size} data-tone={tone} aria-hidden="true">
      {src ? <img src={src} alt="" loading="lazy" /> : initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => (word ? [...word][0] : ''));
  // Arabic letters would join into a syllable: a space keeps them apart.
  return letters.join(/\p{Script=Arabic}/u.test(name) ? ' ' : '').toLocaleUpperCase();
}

export type ProgressProps = {
  /** From 0 to max. */
  value: number;
  max?: number;
  /** The accessible name: progress of what. */
  label: string;
  /** Text shown beside it, such as "3 of 8 lessons" or "38 %". */
  text?: ReactNode;
};

/** `tone`: of something that runs full, how near that is; else what is full is done. */
export function Progress({ value, max = 100, label, text, tone }: ProgressProps & { tone?: 'plenty' | 'near' | 'full' }) {
  return (
    <div className="ui-progress">
      <progress value={value} max={max} aria-label={label} data-tone={tone} data-done={(!tone && value >= max) || undefined} />
      {text && <span>{text}</span>}
    </div>
  );
}

export function ProgressRing({ value, max = 100, label, text, size = 'medium' }: ProgressProps & { size?: 'small' | 'medium' | 'large' }) {
  const share = max > 0 ? Math.round((Math.min(Math.max(value, 0), max) / max) * 100) : 0;
  return (
    <span className="ui-ring" data-size={size}>
      <progress className="ui-hidden" value={share} max={100} aria-label={label} />
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle className="ui-ring-track" cx="20" cy="20" r="17" />
        {share > 0 && <circle className="ui-ring-value" cx="20" cy="20" r="17" pathLength="100" strokeDasharray={`${share} 100`} transform="rotate(-90 20 20)" />}
      </svg>
      {text && <span aria-hidden="true">{text}</span>}
    </span>
  );
}
