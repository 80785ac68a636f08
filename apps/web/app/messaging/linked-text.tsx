/** Plain text with its web addresses as links: nothing in it is markup, and only http and https are followed. */
import { Fragment } from 'react';

const address = /\bhttps?:\/\/[^\s<>"'«»“”]+/gi;

/** The text in pieces; a sentence's full stop or bracket after an address is not part of it. */
export function piecesOf(text: string): { text: string; href?: string }[] {
  const pieces: { text: string; href?: string }[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const found = match[0].replace(/[.,;:!?)\]،؛؟]+$/, '');
    if (!URL.canParse(found)) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: found, href: found });
    at = match.index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

export function LinkedText({ text }: { text: string }) {
  return (
    <p className="whitespace-pre-line wrap-anywhere" dir="auto">
      {piecesOf(text).map((piece, index) => (piece.href
        ? <a key={index} className="ui-link" href={piece.href} rel="noopener noreferrer nofollow ugc" target="_blank"><bdi>{piece.text}</bdi></a>
        : <Fragment key={index}>{piece.text}</Fragment>))}
    </p>
  );
}
