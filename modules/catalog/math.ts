import { LRUCache } from 'lru-cache';
import temml from 'temml';

const rendered = new LRUCache<string, { html: string | null }>({ max: 5000 });

/**
 * TeX as MathML, which browsers and screen readers read; null where the TeX cannot be read, so that its source is shown. Commands that
 * could set links, classes or styles are refused, and what expands without end is stopped.
 */
export function mathMl(tex: string, block: boolean): string | null {
  const key = `${block ? 'b' : 'i'}${tex}`;
  const known = rendered.get(key);
  if (known) return known.html;
  const html = render(tex, block);
  rendered.set(key, { html });
  return html;
}

function render(tex: string, block: boolean): string | null {
  if (tex.trim() === '' || tex.length > 5000) return null;
  try {
    const html = temml.renderToString(tex, { displayMode: block, annotate: true, throwOnError: true, trust: false, maxSize: [50, 50], maxExpand: 500 });
    // A page's policy lets no style in that an element brings along.
    return html.replace(/(<[^>]*?) style="[^"]*"/g, '$1');
  } catch {
    return null;
  }
}
