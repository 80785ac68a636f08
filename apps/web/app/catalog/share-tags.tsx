/** What the head says of a public page: to search engines, and to whoever shows a link to it. */
import type { Share } from './share.ts';

/** React puts these into the head. A page that is not `indexed` may be read on from, and is not shown itself. */
export function ShareTags({ canonical, alternates, site, picture, title, description, indexed = true }: Share & { title: string; description: string; indexed?: boolean }) {
  return (
    <>
      <link rel="canonical" href={canonical} />
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

/** What a page is about, as schema.org has it. Data, not a script: no policy stands in its way, and nothing in it can end it. */
export function StructuredData({ data }: { data: object }) {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll('<', String.raw`\u003c`) }} />;
}
