/** Puts lessons, their files and the shell that shows them onto this device, and takes them off again. */
import type { Note, PlayerLesson, PlayerOutline, Position } from '@milpa/learning/contract';
import { lessonData, type LessonData } from '../lesson/data.ts';
import { filesCache, shellPrefix, type Device, type KeptCourse } from './device.ts';
import { startWorker } from './worker.client.ts';

/** Lessons kept because they were opened, beside the courses that were asked for. */
const mostOpened = 60;

/** Keeps a lesson that is open now. */
export async function keepLesson(device: Device, data: LessonData, now = new Date().toISOString()): Promise<void> {
  const { course, modules, enrollment, ...rest } = data;
  if (!enrollment) return;
  const before = await device.get('courses', course.id);
  await device.put('courses', { id: course.id, course, modules, enrollment, chosen: before?.chosen ?? false, bytes: before?.bytes ?? 0, keptAt: before?.chosen ? before.keptAt : now });
  await device.put('lessons', { ...rest, id: rest.lesson.id, courseId: course.id, keptAt: now });
  await keepFiles(picturesIn(rest.lesson.html));
  if (rest.next && !rest.next.locked && !await device.get('lessons', rest.next.id)) await keepNext(device, data, rest.next.id, now);
  await forgetOldest(device);
}

/** Whoever loses the network within a lesson can go on to the one after it. */
async function keepNext(device: Device, { course }: LessonData, id: string, keptAt: string): Promise<void> {
  if (!navigator.onLine || (navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return;
  const next = await ask<PlayerLesson>(`courses/${course.id}/lessons/${id}`);
  const { course: _, modules: __, enrollment: ___, ...rest } = lessonData({ course, modules: [], enrollment: null, version: null, sequential: false }, next, [], []);
  await device.put('lessons', { ...rest, id, courseId: course.id, keptAt });
  await keepFiles(picturesIn(next.bodyHtml));
}

async function forgetOldest(device: Device): Promise<void> {
  const chosen = new Set((await device.all('courses')).filter((course) => course.chosen).map(({ id }) => id));
  const opened = (await device.all('lessons')).filter(({ courseId }) => !chosen.has(courseId)).toSorted((a, b) => b.keptAt.localeCompare(a.keptAt));
  if (opened.length > mostOpened) await device.remove('lessons', ...opened.slice(mostOpened).map(({ id }) => id));
}

const fileAddress = /\/api\/v1\/courses\/[0-9a-f-]+\/files\/[0-9a-f-]+/g;
const filesIn = (html: string) => html.match(fileAddress) ?? [];
const picturesIn = (html: string) => (html.match(/<img[^>]+>/g) ?? []).flatMap(filesIn);
const filesOf = (courseId: string, { bodyHtml, attachments }: PlayerLesson) =>
  [...filesIn(bodyHtml), ...attachments.map(({ fileId }) => `/api/v1/courses/${courseId}/files/${fileId}`)];

/** @returns the bytes of the files that were not here yet. Files that cannot be had are left out; a full device is told. */
async function keepFiles(addresses: readonly string[], signal?: AbortSignal): Promise<number> {
  const cache = await caches.open(filesCache);
  let bytes = 0;
  for (const address of new Set(addresses)) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    const answer = await fetch(address, signal ? { signal } : {});
    if (!answer.ok) continue;
    const blob = await answer.clone().blob();
    await cache.put(address, answer);
    bytes += blob.size;
  }
  return bytes;
}

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`/api/v1/${path}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return await answer.json() as T;
}

/** What a course would take, found out by fetching its text, which is kept for `download`. */
export interface Plan { outline: PlayerOutline; lessons: PlayerLesson[]; positions: Position[]; notes: Note[]; files: string[]; bytes: number }

/** Lessons that are not open yet stay out; they come when they are. */
export async function planOf(courseId: string): Promise<Plan> {
  const outline = await ask<PlayerOutline>(`courses/${courseId}/player`);
  if (!outline.enrollment) throw new Error('Not enrolled');
  const [{ data: positions }, { data: notes }] = await Promise.all([
    ask<{ data: Position[] }>(`enrollments/${outline.enrollment.id}/positions`), ask<{ data: Note[] }>(`notes?courseId=${courseId}&limit=100`),
  ]);
  const lessons: PlayerLesson[] = [];
  for (const { id } of openLessons(outline)) lessons.push(await ask<PlayerLesson>(`courses/${courseId}/lessons/${id}`));
  const files = [...new Set(lessons.flatMap((lesson) => filesOf(courseId, lesson)))];
  const sizes = new Map(lessons.flatMap(({ attachments }) => attachments.map(({ fileId, size }) => [fileId, size] as const)));
  return { outline, lessons, positions, notes, files, bytes: JSON.stringify(lessons).length + [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}

const openLessons = ({ modules }: PlayerOutline) => modules.flatMap((module) => module.lessons).filter(({ locked }) => !locked);

/** Keeps a whole course. `progress` hears of shares from 0 to 1. @throws when the device is full, or the connection is lost: what came stays. */
export async function download(device: Device, { outline, lessons, positions, notes, files }: Plan, progress: (share: number) => void, signal: AbortSignal): Promise<void> {
  await navigator.storage?.persist?.();
  const now = new Date().toISOString();
  const all = lessons.map((lesson) => lessonData(outline, lesson, positions, notes.filter(({ lessonId }) => lessonId === lesson.id)));
  const [first] = all;
  if (!first?.enrollment) return;
  const course: KeptCourse = { id: first.course.id, course: first.course, modules: first.modules, enrollment: first.enrollment, chosen: true, bytes: JSON.stringify(lessons).length, keptAt: now };
  await device.put('lessons', ...all.map(({ course: { id: courseId }, modules: _, enrollment: __, ...rest }) => ({ ...rest, id: rest.lesson.id, courseId, keptAt: now })));
  await device.put('courses', course);
  for (const [done, file] of files.entries()) {
    progress(done / files.length);
    signal.throwIfAborted();
    course.bytes += await keepFiles([file], signal);
  }
  await device.put('courses', course);
  progress(1);
}

/** Takes a course off this device, with what was opened of it. */
export async function forgetCourse(device: Device, courseId: string): Promise<void> {
  const lessons = (await device.all('lessons')).filter((lesson) => lesson.courseId === courseId);
  const cache = await caches.open(filesCache);
  for (const request of await cache.keys()) if (new URL(request.url).pathname.startsWith(`/api/v1/courses/${courseId}/files/`)) await cache.delete(request);
  await device.remove('lessons', ...lessons.map(({ id }) => id));
  await device.remove('courses', courseId);
}

/** Routes that lead to what is kept here, besides the shell itself. */
const routes = ['learning/player', 'learning/resume', 'learning/done', 'learning/offline'];

/** Their files, as the router's own manifest names them. */
function routeAssets(): string[] {
  const { __reactRouterManifest: manifest } = globalThis as { __reactRouterManifest?: { routes: Record<string, { module: string; clientLoaderModule?: string; imports?: string[] } | undefined> } };
  return routes.flatMap((id) => {
    const route = manifest?.routes[id];
    return route ? [route.module, ...(route.clientLoaderModule ? [route.clientLoaderModule] : []), ...(route.imports ?? [])] : [];
  });
}

/** The service worker, and the shell with all its files as they are in this build, language and theme. */
export async function prepareShell(memberId: string): Promise<void> {
  await startWorker();
  const { lang, dataset } = document.documentElement;
  const build = document.querySelector<HTMLLinkElement>('link[href*="/assets/manifest-"]')?.href.split('/').at(-1) ?? '';
  const name = `${shellPrefix}${encodeURIComponent([build, lang, dataset['theme'], memberId].join(' '))}`;
  if (await caches.has(name)) return;
  const answer = await fetch('/offline', { headers: { accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return;
  const text = `${await answer.clone().text()} ${answer.headers.get('link') ?? ''}`;
  const assets = new Set([...text.match(/\/assets\/[\w./-]+\.(?:js|css|woff2|svg)/g) ?? [], ...routeAssets()]);
  const cache = await caches.open(name);
  try {
    await cache.addAll([...assets]);
    await cache.put('/offline', answer);
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  for (const other of await caches.keys()) if (other.startsWith(shellPrefix) && other !== name) await caches.delete(other);
}
