import type { ReactNode } from 'react';

/** Small pictures for empty states: what a field looks like at such a moment. */
const PICTURES = {
  /** Nothing here yet. */
  seedling: (
    <>
      <circle className="f-maize" cx="122" cy="34" r="17" />
      <path className="s-leaf" d="M80 96V52" />
      <path className="f-leaf" d="M80 62c-22 0-30-12-30-28 20 0 30 10 30 28M80 54c0-18 8-28 26-30 2 20-8 30-26 30" />
    </>
  ),
  /** Nothing found. */
  search: (
    <>
      <path className="f-leaf" d="M40 98c-10 0-16-7-16-17 10 0 16 6 16 17M128 98c0-11 5-17 15-17 0 11-5 17-15 17" />
      <circle className="f-night-soft" cx="82" cy="52" r="27" />
      <circle className="s-night" cx="82" cy="52" r="27" />
      <path className="s-night" d="m102 72 20 22" />
      <path className="f-maize" d="M82 34c7 5 9 11 9 18s-2 13-9 18c-7-5-9-11-9-18s2-13 9-18" />
    </>
  ),
  /** Not for this person. */
  gate: (
    <>
      <circle className="f-maize" cx="80" cy="44" r="22" />
      <path className="f-squash" d="M30 36h9v62h-9zM121 36h9v62h-9z" />
      <path className="s-clay" d="M39 52h82M39 82h82M44 82l72-30" />
    </>
  ),
  /** Something went wrong. */
  storm: (
    <>
      <path className="f-night" d="M52 66a18 18 0 0 1 2-36 26 26 0 0 1 49-4 20 20 0 0 1 6 40z" />
      <path className="s-night" d="m60 76-5 12M82 76l-5 12M104 76l-5 12" />
      <path className="f-leaf" d="M134 98c0-12 5-18 15-18 0 12-5 18-15 18M134 98c-10 0-15-6-15-16 10 0 15 5 15 16" />
    </>
  ),
  /** All done. */
  harvest: (
    <>
      <path className="f-leaf" d="M62 66C44 62 38 48 40 32c16 4 24 16 22 34M98 66c18-4 24-18 22-34-16 4-24 16-22 34" />
      <path className="f-maize" d="M80 14c10 8 13 18 13 29s-3 20-13 28c-10-8-13-17-13-28s3-21 13-29" />
      <path className="s-paper" d="M80 26v36M74 34v20M86 34v20" />
      <path className="f-squash" d="M38 64h84c0 22-14 35-42 35S38 86 38 64" />
      <path className="s-paper" d="M48 76h64M56 87h48" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type IllustrationName = keyof typeof PICTURES;

/** Decorative: the words beside it say it all. */
export function Illustration({ name, className }: { name: IllustrationName; className?: string }) {
  return (
    <svg className={className ? `ui-illustration ${className}` : 'ui-illustration'} viewBox="0 0 160 120" aria-hidden="true" focusable="false">
      <path className="f-ground" d="M0 112c20-18 52-22 80-22s60 4 80 22z" />
      {PICTURES[name]}
      <path className="s-ground" d="M24 106c18-6 36-8 56-8s38 2 56 8" />
    </svg>
  );
}
