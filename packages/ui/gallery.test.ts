import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, type Rolldown } from 'vite';

const ORIGIN = 'http://gallery.test';
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let files: Map<string, string | Uint8Array>;

beforeAll(async () => {
  const { output } = await build({ configFile: new URL('gallery/vite.config.ts', import.meta.url).pathname, build: { write: false }, logLevel: 'silent' }) as Rolldown.RolldownOutput;
  files = new Map(output.map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}, 60_000);
afterAll(() => browser?.close());

async function withPage(query: string, width: number, look: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, hasTouch: width < 600, isMobile: width < 600 });
  try {
    const page = await context.newPage();
    await page.route('**/*', route => {
      const { pathname } = new URL(route.request().url());
      const name = pathname === '/' ? '/index.html' : pathname;
      const body = files.get(name);
      return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: Buffer.from(body), contentType: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain' });
    });
    await page.goto(`${ORIGIN}/?${query}`);
    await page.waitForSelector('main');
    await look(page);
  } finally {
    await context.close();
  }
}

describe.each([['light', 'en', 1280], ['dark', 'ar', 360], ['dark', 'es', 1280], ['light', 'ar', 320]] as const)('%s, %s, %d px', (theme, language, width) => {
  test.each(['parts', 'app', 'player', 'auth'])('%s: axe finds nothing, nothing overflows, no inline style', async shown => {
    await withPage(`page=${shown}&lang=${language}&theme=${theme}`, width, async page => {
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(violation => `${violation.id}: ${violation.nodes.map(node => node.target.join(' ')).join(', ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      expect(await page.locator('#root [style]').count()).toBe(0);
    });
  }, 30_000);
});

describe('on a touch screen', () => {
  test.each(['parts', 'app', 'player', 'auth'])('%s: every button and control is 44 px high', async shown => {
    await withPage(`page=${shown}&lang=en&theme=light`, 360, async page => {
      const small = await page.locator('button, select, summary, .ui-button, .ui-icon-button, .ui-input, .ui-choice').evaluateAll(elements =>
        // To a hundredth: what the browser reckons with is not exact.
        elements.filter(element => element.checkVisibility()).map(element => ({ name: element.className, height: Math.round(element.getBoundingClientRect().height * 100) / 100 }))
          .filter(({ height }) => height < 44).map(({ name, height }) => `${name} ${height}`));
      expect(small).toEqual([]);
    });
  }, 30_000);
  test('the outline of a course opens as a sheet and closes on Escape', async () => {
    await withPage('page=player&lang=en&theme=light', 360, async page => {
      const outline = page.locator('#ui-outline');
      expect(await outline.isVisible()).toBe(false);
      await page.click('.ui-player-top .ui-player-toggle');
      expect(await outline.isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await outline.isVisible()).toBe(false);
    });
  });
});
