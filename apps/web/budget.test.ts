import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { assetsDirectory, messageChunks, readManifest } from './assets.ts';
import { buildWeb, webBuildIsFresh } from './build.ts';
import { moduleOf } from './app/i18n/store.ts';

/** What a browser fetches before a page can be used, after Brotli. A phone on a slow network waits for every one of them. */
const budget = { page: 160_000, publicPage: 120_000, stylesheet: 24_000 };
/** What people see before they decide to stay, and what they come back to every day. */
const publicPages = new Set(['/courses', '/courses/:course', '/about', '/learn/:course/:lesson']);

interface RouteAssets { id: string; parentId?: string; path?: string; module: string; imports?: string[]; css?: string[] }
interface RouterManifest { entry: { module: string; imports: string[] }; routes: Record<string, RouteAssets>; url: string }

let router: RouterManifest;
let pages: { path: string; routes: RouteAssets[] }[];

beforeAll(async () => {
  if (!webBuildIsFresh()) await buildWeb(() => {});
  const [file] = globSync('assets/manifest-*.js', { cwd: assetsDirectory });
  router = JSON.parse(readFileSync(join(assetsDirectory, file ?? ''), 'utf8').replace(/^[^{]*/, '').replace(/;\s*$/, '')) as RouterManifest;
  pages = Object.values(router.routes).map((route) => withParents(route)).map((routes) => ({ routes, path: `/${routes.map(({ path }) => path).filter(Boolean).join('/')}` }));
}, 60_000);

describe('the first load', () => {
  test('of every page stays within its budget', () => {
    const over = pages
      .map(({ path, routes }) => ({ path, bytes: scriptBytes(routes), limit: publicPages.has(path.replace(/:\w+/, ':course')) ? budget.publicPage : budget.page }))
      .filter(({ bytes, limit }) => bytes > limit);
    expect(over).toEqual([]);
  });

  test('counts the framework, the page and its messages', () => {
    const about = pages.find(({ path }) => path === '/about');
    expect(scriptBytes(about?.routes ?? [])).toBeGreaterThan(80_000);
  });

  test('of styles stays within its budget', () => {
    const styles = new Set(pages.flatMap(({ routes }) => routes.flatMap(({ css }) => css ?? [])));
    expect(styles.size).toBeGreaterThan(0);
    expect(sum(styles)).toBeLessThanOrEqual(budget.stylesheet);
  });
});

function withParents(route: RouteAssets): RouteAssets[] {
  const parent = route.parentId ? router.routes[route.parentId] : undefined;
  return parent ? [...withParents(parent), route] : [route];
}

function scriptBytes(routes: RouteAssets[]): number {
  const files = new Set([router.entry.module, ...router.entry.imports, router.url, ...routes.flatMap(({ module, imports }) => [module, ...(imports ?? [])])]);
  return sum(files) + messageBytes(new Set(['shell', ...routes.map(({ id }) => moduleOf(id))]));
}

/** The messages of these modules in the language that needs most. */
function messageBytes(modules: Set<string>): number {
  const bytes: Record<string, number> = {};
  for (const [name, { module, url }] of Object.entries(messageChunks(readManifest()))) {
    const locale = name.split('/')[0] ?? '';
    if (modules.has(module)) bytes[locale] = (bytes[locale] ?? 0) + compressed(url);
  }
  return Math.max(...Object.values(bytes));
}

const sum = (urls: Iterable<string>) => [...urls].reduce((total, url) => total + compressed(url), 0);
const compressed = (url: string) => statSync(join(assetsDirectory, `${url}.br`)).size;
