/** Every screen, in three languages, by day and by night, on a phone and at a desk: axe finds nothing, nothing overflows, and the keyboard reaches all of it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Locale } from '@milpa/kernel/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserBed, type BrowserBed, type Visitor } from '../../packages/testkit/browser.ts';
import { allPatterns, hostOf, setScene, withoutScreen, type Scene, type Screen, type Who } from './screens.ts';
import { languageOf, say } from './support.ts';

const minutes = 60_000;
const phone = { width: 360, height: 740 };
const smallest = { width: 320, height: 740 };
const desk = { width: 1280, height: 800 };
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let bed: BrowserBed;
let scene: Scene;
beforeAll(async () => {
  bed = await createBrowserBed();
  scene = await setScene(bed);
}, 2 * minutes);
afterAll(() => bed?.close());

it('visits every address that the web app has', () => {
  const known = [...scene.screens.keys(), ...withoutScreen.keys()].sort();
  expect(known, 'a new screen belongs into tests/journeys/screens.ts').toEqual(allPatterns().sort());
});

async function comeIn(who: Who, locale: Locale): Promise<Visitor> {
  const visitor = await bed.visitor({ locale, viewport: phone, colorScheme: 'light' });
  visitor.expectComplaint(/status of 40[34]/);
  if (who !== 'visitor') await visitor.signIn(hostOf(scene, who), scene.emails[who]);
  return visitor;
}

async function open({ go, page }: Visitor, { who, path }: Screen): Promise<void> {
  await go(path.startsWith('http') ? path : bed.origin(hostOf(scene, who)) + path);
  await page.getByRole('main').waitFor();
}

/** What axe has to say of the page, one line for each place. */
async function axe(page: Page, rules?: string[]): Promise<string[]> {
  const runOnly = rules ? { type: 'rule' as const, values: rules } : { type: 'tag' as const, values: levels };
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ runOnly, resultTypes: ['violations'], preload: false }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${[...node.any, ...node.all, ...node.none].map(({ message }) => message).join('; ')})`));
}

const overflow = (page: Page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll(':not(svg *)')].filter((element) => { const { left, right } = element.getBoundingClientRect(); return right > clientWidth + 1 || left < -1; });
  return [`${scrollWidth - clientWidth} px too wide: ${wide.slice(-3).map((element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`).join(', ')}`];
});

/** Sets size and light, and waits until the page has been drawn so: colours that are still on their way would be judged as they are. */
async function show(page: Page, size: { width: number; height: number }, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    await new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); });
    // One that follows a scroll bar ends only where that does.
    const ending = document.getAnimations().filter(({ effect, timeline }) => timeline === document.timeline && effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

async function faultsOf({ page }: Visitor, locale: Locale): Promise<string[]> {
  const faults: string[] = [];
  const note = (where: string, found: string[]) => { faults.push(...found.map((fault) => `${where}: ${fault}`)); };
  const [lang, dir] = await languageOf(page);
  if (lang !== locale || dir !== (locale === 'ar' ? 'rtl' : 'ltr')) note('document', [`lang ${lang}, dir ${dir}`]);
  await show(page, phone);
  note('360 px by day', await axe(page));
  await show(page, phone, 'dark');
  note('360 px by night', await axe(page, ['color-contrast']));
  await show(page, smallest);
  note('320 px', await overflow(page));
  if (locale === 'en') {
    await show(page, desk);
    note('1280 px by day', await axe(page));
    note('1280 px', await overflow(page));
  }
  return faults;
}

/** Waits until React has taken the page over: what is planted before that is none of its own, and it would draw the page anew. */
const taken = (page: Page) => page.waitForFunction(() => {
  const [, root] = Object.entries(document).find(([name]) => name.startsWith('__reactContainer$')) ?? [];
  return (root as { stateNode: { current: { memoizedState: { isDehydrated: boolean } } } } | undefined)?.stateNode.current.memoizedState.isDehydrated === false;
});

it('notices a fault of each kind that it looks for', async () => {
  const visitor = await comeIn('visitor', 'en');
  await open(visitor, { who: 'visitor', path: '/courses' });
  await taken(visitor.page);
  await visitor.page.evaluate(() => {
    document.documentElement.lang = 'xx';
    const main = document.querySelector('main')!;
    const wide = Object.assign(document.createElement('button'), { className: 'planted' });
    wide.style.width = '2000px';
    const faint = Object.assign(document.createElement('p'), { textContent: 'by night only' });
    Object.assign(faint.style, { color: 'light-dark(#000, #222)', backgroundColor: 'light-dark(#fff, #111)' });
    main.append(wide, faint);
  });
  const faults = await faultsOf(visitor, 'en');
  for (const kind of [/^document: lang xx/, /^360 px by day: button-name/, /^360 px by night: color-contrast/, /^320 px: \d+ px too wide: .*button\.planted/, /^1280 px by day: button-name/]) expect(faults).toContainEqual(expect.stringMatching(kind));
  expect(faults.filter((fault) => /by day: color-contrast/.test(fault))).toEqual([]);
  await visitor.page.evaluate(() => document.body.append(Object.assign(document.createElement('script'), { textContent: 'void 0' })));
  expect(bed.takeComplaints()).toEqual([expect.stringContaining('Content Security Policy')]);
  await visitor.context.close();
}, minutes);

describe.each(['en', 'es-MX', 'ar'] as const)('in %s', (locale) => {
  it('every screen is accessible', async () => {
    const screens = [...scene.screens.values()].flat();
    const faults: string[] = [];
    const lane = async (people: Who[]) => {
      for (const who of people) {
        const visitor = await comeIn(who, locale);
        for (const screen of screens.filter((each) => each.who === who)) {
          await open(visitor, screen);
          for (const fault of await faultsOf(visitor, locale)) faults.push(`${who} at ${screen.path}, ${fault}`);
        }
        await visitor.context.close();
      }
    };
    await Promise.all([lane(['visitor', 'outsider', 'operator']), lane(['learner', 'instructor', 'admin'])]);
    expect([...faults, ...bed.takeComplaints()]).toEqual([]);
  }, 4 * minutes);
});

const focused = (page: Page) => page.evaluate(() => {
  const element = document.activeElement as HTMLElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const text = element.matches('a, button') ? element.innerText.trim() || element.getAttribute('aria-label') : element.getAttribute('name');
  return { text: text ?? element.tagName, seen: (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none', skip: element.classList.contains('ui-skip') };
});

it('leads the keyboard past the navigation, then to the main action of a screen, and shows where it is', async () => {
  const first = (pattern: string) => scene.screens.get(pattern)![0]!;
  const actions: [Screen, string][] = [
    [first('sign-in'), say('en', 'identity.signIn.enter')],
    [first('courses'), say('en', 'catalog.search.submit')],
    [first('courses/:course'), say('en', 'catalog.enroll.signIn')],
    [first('learn/:course/:lesson'), say('en', 'learning.completeAndFinish')],
    [first('imports'), say('en', 'interop.submit')],
    [first('teaching/:courseId'), say('en', 'authoring.publish')],
    [first('admin/invitations'), say('en', 'identity.invitations.send')],
    [first('operator/tenants/new'), say('en', 'tenancy.new.go')],
  ];
  for (const [screen, action] of actions) {
    const visitor = await comeIn(screen.who, 'en');
    await open(visitor, screen);
    const { page } = visitor;
    await page.keyboard.press('Tab');
    expect(await focused(page), `the first stop at ${screen.path}`).toMatchObject({ skip: true, seen: true });
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id ?? ''), `the skip link of ${screen.path} leads to the content`).toBe('main');
    const stops: string[] = [];
    let stop = await focused(page);
    while (!stop.text.startsWith(action) && stops.length < 80) {
      await page.keyboard.press('Tab');
      stop = await focused(page);
      stops.push(stop.text);
    }
    expect(stop, `“${action}” at ${screen.path}, after ${stops.join(' → ')}`).toMatchObject({ text: expect.stringContaining(action), seen: true });
    await visitor.context.close();
  }
  expect(bed.takeComplaints()).toEqual([]);
}, 2 * minutes);
