import { clsx } from 'clsx';
import type { HTMLAttributes, ReactNode } from 'react';
import { Cover } from './cover.tsx';
import { Anchor } from './link.tsx';

export type CardProps = HTMLAttributes<HTMLDivElement> & {
  /** No inner space: for tables and lists that reach the edges. */
  flush?: boolean;
  tone?: 'plain' | 'sunk' | 'accent' | 'maize' | 'leaf' | 'squash' | 'night';
};

export function Card({ flush, tone = 'plain', className, ...props }: CardProps) {
  return <div className={clsx('ui-card', className)} data-tone={tone} data-flush={flush || undefined} {...props} />;
}

export type CourseCardProps = {
  href: string;
  title: ReactNode;
  /** What the cover is drawn from when there is no picture: the course's id. */
  coverSeed: string;
  image?: { src: string; alt: string; srcSet?: string };
  /** Who teaches it. */
  byline?: ReactNode;
  summary?: ReactNode;
  /** Tags above the title: subject, level. */
  tags?: ReactNode;
  /** Small facts under the title: lessons, duration. */
  facts?: ReactNode;
  /** At the foot: price, a Progress, or an action. */
  footer?: ReactNode;
  headingLevel?: 2 | 3;
};

/** A course in a catalogue. The whole card is one link: the title's. */
export function CourseCard({ href, title, coverSeed, image, byline, summary, tags, facts, footer, headingLevel = 3 }: CourseCardProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <article className="ui-course">
      <div className="ui-course-cover">
        {image ? <img src={image.src} alt={image.alt} srcSet={image.srcSet} loading="lazy" decoding="async" width={640} height={360} /> : <Cover seed={coverSeed} />}
      </div>
      <div className="ui-course-text">
        {tags && <div className="ui-cluster ui-gap-s">{tags}</div>}
        <Heading className="ui-course-title"><Anchor href={href}>{title}</Anchor></Heading>
        {byline && <p className="ui-course-byline">{byline}</p>}
        {summary && <p className="ui-course-summary">{summary}</p>}
        {facts && <div className="ui-facts">{facts}</div>}
        {footer && <div className="ui-course-footer">{footer}</div>}
      </div>
    </article>
  );
}
