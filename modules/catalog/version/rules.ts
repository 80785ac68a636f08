import { diffArrays } from 'diff';
import { plainText } from '../html.ts';
import type { CourseOutline, PartChange, TextChange, VersionChanges } from './contract.ts';

/** Lessons that count, and the minutes of all. */
export function countsOf({ modules }: CourseOutline): { lessonCount: number; durationMinutes: number } {
  const lessons = modules.flatMap((module) => module.lessons);
  return { lessonCount: lessons.filter(({ optional }) => !optional).length, durationMinutes: lessons.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0) };
}

/** An outline with the contents of those lessons that may differ. */
export interface ComparedOutline { outline: CourseOutline; contents: Map<string, { bodyHtml: string; attachments: string[] }> }

/** What was done between two outlines of one course. Parts that are as they were are left out. */
export function changesBetween(before: ComparedOutline, after: ComparedOutline): VersionChanges {
  const rules = (['requiredShare', 'sequential'] as const).filter((rule) => before.outline[rule] !== after.outline[rule]);
  return { rules, modules: modulesBetween(before.outline, after.outline), lessons: lessonsBetween(before, after) };
}

function modulesBetween(before: CourseOutline, after: CourseOutline): VersionChanges['modules'] {
  const old = new Map(before.modules.map((module) => [module.id, module]));
  const moved = movedItems(before.modules.map(({ id }) => id), after.modules.map(({ id }) => id));
  const here = after.modules.map((module) => {
    const was = old.get(module.id);
    if (!was) return { id: module.id, title: module.title, before: null, changes: ['added' as const] };
    const changes: PartChange[] = [];
    if (moved.has(module.id)) changes.push('moved');
    if (was.title !== module.title) changes.push('renamed');
    if (!same([was.release, was.prerequisiteIds], [module.release, module.prerequisiteIds])) changes.push('changed');
    return { id: module.id, title: module.title, before: was.title === module.title ? null : was.title, changes };
  });
  const ids = new Set(after.modules.map(({ id }) => id));
  const gone = before.modules.filter(({ id }) => !ids.has(id)).map(({ id, title }) => ({ id, title, before: null, changes: ['removed' as const] }));
  return [...here.filter(({ changes }) => changes.length > 0), ...gone];
}

const inOrder = ({ modules }: CourseOutline) => modules.flatMap((module) => module.lessons.map((lesson) => ({ ...lesson, moduleId: module.id, moduleTitle: module.title })));

function lessonsBetween(before: ComparedOutline, after: ComparedOutline): VersionChanges['lessons'] {
  const [was, is] = [inOrder(before.outline), inOrder(after.outline)];
  const old = new Map(was.map((lesson) => [lesson.id, lesson]));
  const movedWithin = new Set(after.outline.modules.flatMap(({ id, lessons }) => {
    const stayed = before.outline.modules.find((module) => module.id === id)?.lessons.map((lesson) => lesson.id) ?? [];
    return [...movedItems(stayed, lessons.map((lesson) => lesson.id))];
  }));
  const here = is.map((lesson) => {
    const { id, title, moduleTitle } = lesson;
    const earlier = old.get(id);
    if (!earlier) return { id, title, before: null, moduleTitle, changes: ['added' as const], text: null };
    const changes: PartChange[] = [];
    if (earlier.moduleId !== lesson.moduleId || movedWithin.has(id)) changes.push('moved');
    if (earlier.title !== title) changes.push('renamed');
    const [left, right] = [before.contents.get(id), after.contents.get(id)];
    const settings = ({ minutes, completion, optional }: typeof lesson) => [minutes, completion, optional];
    if (!same(settings(earlier), settings(lesson)) || !same(left, right)) changes.push('changed');
    const text = left && right && left.bodyHtml !== right.bodyHtml ? textChanges(plainText(left.bodyHtml), plainText(right.bodyHtml)) : null;
    return { id, title, before: earlier.title === title ? null : earlier.title, moduleTitle, changes, text: text?.some(({ kind }) => kind !== 'same') ? text : null };
  });
  const ids = new Set(is.map(({ id }) => id));
  const gone = was.filter(({ id }) => !ids.has(id)).map(({ id, title, moduleTitle }) => ({ id, title, before: null, moduleTitle, changes: ['removed' as const], text: null }));
  return [...here.filter(({ changes }) => changes.length > 0), ...gone];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fewest items that left their place, when those that are on both sides only are looked at. */
export function movedItems(before: readonly string[], after: readonly string[]): Set<string> {
  const place = new Map(before.map((id, index) => [id, index]));
  const items = after.filter((id) => place.has(id));
  // The longest run that is still in order stays: each item remembers the best run that ends with it.
  const best: { length: number; previous: number }[] = [];
  for (const [index, id] of items.entries()) {
    let [length, previous] = [1, -1];
    for (let at = 0; at < index; at++) if (place.get(items[at]!)! < place.get(id)! && best[at]!.length >= length) [length, previous] = [best[at]!.length + 1, at];
    best.push({ length, previous });
  }
  const moved = new Set(items);
  let at = best.reduce((top, { length }, index) => (length > (best[top]?.length ?? 0) ? index : top), -1);
  for (; at >= 0; at = best[at]!.previous) moved.delete(items[at]!);
  return moved;
}

/** Texts that differ in more words than this are told as one taken out and one put in. */
const maxEdits = 2000;

/** What was taken out of a text and what was put in, in whole words of any script. */
export function textChanges(before: string, after: string): TextChange[] {
  const words = (text: string) => text.split(/(\s+)/).filter((word) => word !== '');
  const parts = diffArrays(words(before), words(after), { maxEditLength: maxEdits });
  if (!parts) return [{ kind: 'removed', text: before }, { kind: 'added', text: after }];
  return parts.map(({ value, added, removed }) => ({ kind: added ? 'added' as const : removed ? 'removed' as const : 'same' as const, text: value.join('') }));
}
