/**
 * What the head says of a public page: to search engines, and to whoever shows a link to it. They read documents as the server sends them, so all but the
 * canonical address, by which browsers share a page, is no part of what browsers load.
 */
import type { Share } from './share.ts';
import { aboutCourse, wayTo } from './structured-data.ts';

interface ShareTagsProps extends Share { title: string; description: string; /** A page that is not may be read on from, and is not shown itself. */ indexed?: boolean }

/** React puts these into the head. */
export function ShareTags(page: ShareTagsProps) {
  return <><link rel="canonical" href={page.canonical} />{import.meta.env.SSR && <ForCrawlers {...page} />}</>;
}

function ForCrawlers({ canonical, alternates, site, picture, title, description, indexed = true }: ShareTagsProps) {
  return (
    <>
      {indexed ? alternates.map(({ locale, href }) => <link key={locale} rel="alternate" hrefLang={locale} href={href} />) : <meta name="robots" content="noindex, follow" />}
      {description && <meta name="description" content={description} />}
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={site} />
      <meta property="og:title" content={title} />
      <meta property="og:url" content={canonical} />
      {description && <meta property="og:description" content={description} />}
      {picture && <meta property="og:image" content={picture} />}
      <meta name="twitter:card" content={picture ? 'summary_large_image' : 'summary'} />
    </>
  );
}

/** A course and the way to it as schema.org has them. Data, not a script: no policy stands in its way, and nothing in it can end it. */
export function StructuredData({ course, above, share }: { course: Parameters<typeof aboutCourse>[0] & { status: string }; above: Parameters<typeof wayTo>[1]; share: Share }) {
  const data = import.meta.env.SSR ? [...(course.status === 'published' ? [aboutCourse(course, share)] : []), wayTo(share, above, course.title)] : [];
  const html = JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
  return <script type="application/ld+json" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />;
}
