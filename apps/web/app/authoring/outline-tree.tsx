/**
 * Modules and lessons with their tools. Every step is a form of its own, so nothing waits for a script; with scripts, parts are also
 * dragged by finger, pointer or keyboard, and every step can be undone.
 */
import { useEffect, useId, useLayoutEffect, useRef, useState, type PointerEvent } from 'react';
import { useFetcher } from 'react-router';
import { Anchor, Badge, Button, Field, Menu, MenuButton, MenuLink, TextInput, Toast, ToastRegion, VisuallyHidden } from '@milpa/ui';
import type { CourseDraft } from '@milpa/catalog/contract';
import { ArrowDown, ArrowUp, Copy, EllipsisVertical, GripVertical, Pencil, Plus, Settings2, Trash2, Undo2 } from 'lucide-react';
import { Duration } from '../catalog/facts.tsx';
import { lessonEditorPath, managePath } from '../catalog/paths.ts';
import { useT } from '../i18n/index.ts';
import { useLatest } from './use-latest.ts';
import { moved, placed, placeOf, sameOrder, type Order } from './outline.ts';
import './authoring.css';

type Draft = Pick<CourseDraft, 'version' | 'modules'>;
interface OutlineTreeProps {
  courseId: string;
  draft: Draft;
  language: string;
  /** The lesson that stands open. */
  current?: string;
  /** Beside a lesson: links and little else. */
  compact?: boolean;
  /** Only to be looked at. */
  fixed?: boolean;
}

/** What the last step was, and the form that takes it back. */
interface Step { said: string; back: Record<string, string> }

const orderOf = ({ modules }: Draft): Order[] => modules.map(({ id, lessons }) => ({ id, lessonIds: lessons.map((lesson) => lesson.id) }));

export function OutlineTree({ courseId, draft, language, current, compact, fixed }: OutlineTreeProps) {
  const t = useT();
  const action = managePath(courseId);
  const fetcher = useFetcher<{ problem?: { detail?: string; title: string } } | null>();
  // What is in the hand, and where it would come to lie; then what the server was asked for, until it has answered.
  const [hand, setHand] = useState<{ id: string; order: Order[] } | null>(null);
  const [asked, setAsked] = useState<{ from: string; order: Order[] } | null>(null);
  const [steps, setSteps] = useState<Step[]>([]);
  const [renaming, setRenaming] = useState<string | null>(null);
  const root = useRef<HTMLElement>(null);
  const helpId = useId();
  const titles = new Map(draft.modules.flatMap((module) => [[module.id, module.title] as const, ...module.lessons.map(({ id, title }) => [id, title] as const)]));
  const titleOf = (id: string) => titles.get(id) ?? '';
  const saved = orderOf(draft);
  const savedKey = JSON.stringify(saved);
  const problem = fetcher.data?.problem;
  const order = hand?.order ?? (asked?.from === savedKey && !problem ? asked.order : saved);
  const picked = hand?.id ?? null;

  const send = (fields: Record<string, string>) => void fetcher.submit({ ...fields, inPlace: '1' }, { method: 'post', action });
  const remember = (said: string, back: Record<string, string>) => setSteps((all) => [...all.slice(-19), { said, back }]);
  const commit = (next: Order[], id: string) => {
    setHand(null);
    if (sameOrder(next, saved)) return;
    setAsked({ from: savedKey, order: next });
    remember(t('authoring.undo.moved', { title: titleOf(id) }), { intent: 'order', order: savedKey });
    send({ intent: 'order', order: JSON.stringify(next), version: String(draft.version) });
  };
  const remove = (kind: 'module' | 'lesson', id: string) => {
    remember(t('authoring.undo.removed', { title: titleOf(id) }), { intent: 'restore', kind, partId: id });
    send({ intent: 'remove', kind, partId: id });
  };
  const undo = () => {
    const last = steps.at(-1);
    if (!last) return;
    setSteps((all) => all.slice(0, -1));
    send(last.back);
  };
  useUndoKey(root, undo);

  // A part that went to another module is drawn anew; the hand stays on it.
  useLayoutEffect(() => {
    const held = picked && root.current?.querySelector<HTMLElement>(`[data-handle="${picked}"]`);
    if (held && document.activeElement !== held) held.focus();
  });

  const drag = useDrag(order, (id, next) => setHand({ id, order: next }), () => setHand(null), commit);
  const onKey = (id: string) => (event: React.KeyboardEvent) => {
    const holds = picked === id;
    if (event.key === ' ' || event.key === 'Enter') { event.preventDefault(); if (holds) commit(order, id); else setHand({ id, order }); }
    else if (holds && event.key === 'Escape') { event.preventDefault(); setHand(null); }
    else if (holds && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) { event.preventDefault(); setHand({ id, order: moved(order, id, event.key === 'ArrowUp' ? 'up' : 'down') }); }
  };
  const handle = (id: string) => (
    <button
      type="button" data-handle={id} className="outline-handle" aria-label={t('authoring.drag.handle', { title: titleOf(id) })} aria-describedby={helpId} aria-pressed={picked === id}
      onKeyDown={onKey(id)} onBlur={() => { if (picked === id && !drag.active.current) setTimeout(() => { if (!root.current?.querySelector(`[data-handle="${id}"]:focus`)) setHand((held) => (held?.id === id ? null : held)); }, 60); }} onPointerDown={drag.onPointerDown(id)}
    ><GripVertical aria-hidden="true" /></button>
  );
  const place = picked ? placeOf(order, picked) : null;
  const said = !picked || !place ? '' : place.moduleId === null
    ? t('authoring.drag.moduleAt', { title: titleOf(picked), at: place.at, of: place.of })
    : t('authoring.drag.lessonAt', { title: titleOf(picked), at: place.at, of: place.of, module: titleOf(place.moduleId) });
  const modules = order.flatMap(({ id, lessonIds }) => {
    const module = draft.modules.find((one) => one.id === id);
    return module ? [{ ...module, lessons: lessonIds.flatMap((lessonId) => draft.modules.flatMap(({ lessons }) => lessons).filter((lesson) => lesson.id === lessonId)) }] : [];
  });
  const lastStep = steps.at(-1);
  return (
    <section ref={root} aria-label={t('catalog.outline.title')} className="parts" data-compact={compact || undefined} data-fixed={fixed || undefined}>
      <p id={helpId} hidden>{t('authoring.drag.help')}</p>
      <VisuallyHidden><span role="status" aria-live="assertive">{said}</span></VisuallyHidden>
      {problem && <p role="alert" className="text-sm text-clay-text">{problem.detail ?? problem.title}</p>}
      {modules.map((module, index) => (
        <div key={module.id} id={compact ? undefined : `part-${module.id}`} className="outline-module" data-row={module.id} data-held={picked === module.id || undefined}>
          <div className="outline-row" data-row={module.id}>
            {handle(module.id)}
            {renaming === module.id
              ? <Rename title={module.title} onDone={(title) => { setRenaming(null); if (title) send({ intent: 'renameModule', moduleId: module.id, title }); }} />
              : <h2 className="outline-title" onDoubleClick={fixed ? undefined : () => setRenaming(module.id)}><bdi lang={language}>{module.title}</bdi></h2>}
            {module.release.kind !== 'always' && <Badge tone="night">{t(module.release.kind === 'date' ? 'authoring.release.dateShort' : 'authoring.release.weeksShort')}</Badge>}
            <RowMenu title={module.title} action={action}>
              <MenuButton type="button" icon={<Pencil aria-hidden="true" />} onClick={closing(() => setRenaming(module.id))}>{t('authoring.rename')}</MenuButton>
              <MenuLink href={`${action}/modules/${module.id}`} icon={<Settings2 aria-hidden="true" />}>{t('authoring.module.settings')}</MenuLink>
              <Moves id={module.id} version={draft.version} first={index === 0} last={index === modules.length - 1} onMove={(direction) => commit(moved(order, module.id, direction), module.id)} />
              <MenuButton name="intent" value="remove" icon={<Trash2 aria-hidden="true" />} onClick={closing(() => remove('module', module.id))}>{t('authoring.remove')}</MenuButton>
              <input type="hidden" name="kind" value="module" /><input type="hidden" name="partId" value={module.id} />
            </RowMenu>
          </div>
          <ol>
            {module.lessons.map((lesson, at) => (
              <li key={lesson.id} id={compact ? undefined : `part-${lesson.id}`} className="outline-row outline-lesson" data-row={lesson.id} data-held={picked === lesson.id || undefined} data-current={lesson.id === current || undefined}>
                {handle(lesson.id)}
                {renaming === lesson.id
                  ? <Rename title={lesson.title} onDone={(title) => { setRenaming(null); if (title) send({ intent: 'renameLesson', lessonId: lesson.id, title, version: String(lesson.version) }); }} />
                  : (
                    <Anchor href={lessonEditorPath(courseId, lesson.id)} aria-current={lesson.id === current ? 'page' : undefined} className="outline-link">
                      <bdi lang={language}>{lesson.title}</bdi>
                      {!compact && lesson.minutes !== null && <span className="text-sm text-ink-soft"><Duration minutes={lesson.minutes} /></span>}
                      {!compact && lesson.optional && <Badge>{t('authoring.lesson.optionalShort')}</Badge>}
                    </Anchor>
                  )}
                <RowMenu title={lesson.title} action={action}>
                  <MenuButton type="button" icon={<Pencil aria-hidden="true" />} onClick={closing(() => setRenaming(lesson.id))}>{t('authoring.rename')}</MenuButton>
                  <MenuButton name="intent" value="duplicate" icon={<Copy aria-hidden="true" />} onClick={closing(() => send({ intent: 'duplicate', partId: lesson.id }))}>{t('authoring.duplicate')}</MenuButton>
                  <Moves id={lesson.id} version={draft.version} first={index === 0 && at === 0} last={index === modules.length - 1 && at === module.lessons.length - 1} onMove={(direction) => commit(moved(order, lesson.id, direction), lesson.id)} />
                  <MenuButton name="intent" value="remove" icon={<Trash2 aria-hidden="true" />} onClick={closing(() => remove('lesson', lesson.id))}>{t('authoring.remove')}</MenuButton>
                  <input type="hidden" name="kind" value="lesson" /><input type="hidden" name="partId" value={lesson.id} />
                </RowMenu>
              </li>
            ))}
          </ol>
          <AddPart action={action} label={t('authoring.lesson.add')} field={t('authoring.lesson.title')} intent="addLesson" moduleId={module.id} open={module.lessons.length === 0 && !compact} />
        </div>
      ))}
      {modules.length === 0 && !compact && <div><h2>{t('authoring.module.none')}</h2><p className="text-ink-soft">{t('authoring.module.firstHint')}</p></div>}
      <div id={compact ? undefined : 'add-module'}><AddPart action={action} label={t('authoring.module.add')} field={t('authoring.module.new')} intent="addModule" open={modules.length === 0} look={modules.length === 0 && !compact ? 'primary' : 'secondary'} onAdd={(title) => send({ intent: 'addModule', title })} /></div>
      <ToastRegion label={t('authoring.undo')}>
        {lastStep && <Toast tone="info" action={<Button size="small" icon={<Undo2 aria-hidden="true" className="ui-mirror" />} onClick={undo}>{t('authoring.undo')}</Button>} onDismiss={() => setSteps([])} dismissLabel={t('authoring.close')}>{lastStep.said}</Toast>}
      </ToastRegion>
    </section>
  );
}

/** With scripts, a choice does its work without sending the form it stands in. */
const closing = (work: () => void) => (event: React.MouseEvent) => {
  event.preventDefault();
  event.currentTarget.closest('details')?.removeAttribute('open');
  work();
};

function RowMenu({ title, action, children }: { title: string; action: string; children: React.ReactNode }) {
  const t = useT();
  return <Menu label={t('authoring.toolsFor', { title })} trigger={<EllipsisVertical aria-hidden="true" />} className="outline-menu"><form method="post" action={action}>{children}</form></Menu>;
}

function Moves({ id, version, first, last, onMove }: { id: string; version: number; first: boolean; last: boolean; onMove: (direction: 'up' | 'down') => void }) {
  const t = useT();
  return (
    <>
      <input type="hidden" name="version" value={version} />
      {!first && <MenuButton name="move" value={`up:${id}`} icon={<ArrowUp aria-hidden="true" />} onClick={closing(() => onMove('up'))}>{t('authoring.moveUp')}</MenuButton>}
      {!last && <MenuButton name="move" value={`down:${id}`} icon={<ArrowDown aria-hidden="true" />} onClick={closing(() => onMove('down'))}>{t('authoring.moveDown')}</MenuButton>}
    </>
  );
}

/** A title becomes a field where it stands: Enter takes it, Escape leaves it as it was. */
function Rename({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const t = useT();
  const done = useRef(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const finish = (value: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(value?.trim() && value.trim() !== title ? value.trim() : null);
  };
  return (
    <TextInput
      ref={input} defaultValue={title} maxLength={200} dir="auto" aria-label={t('authoring.rename')} className="min-w-0 flex-1" onFocus={(event) => event.target.select()} onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); finish(event.currentTarget.value); } else if (event.key === 'Escape') finish(null); }}
    />
  );
}

interface AddPartProps {
  action: string;
  label: string;
  field: string;
  intent: 'addLesson' | 'addModule';
  moduleId?: string;
  /** At first: afterwards it is the author's to open and close. */
  open?: boolean;
  /** The first of all is what there is to do. */
  look?: 'primary' | 'secondary';
  /** Adds in place, so that one title follows the other. */
  onAdd?: (title: string) => void;
}

function AddPart({ action, label, field, intent, moduleId, open, look = 'secondary', onAdd }: AddPartProps) {
  const t = useT();
  const [openAtFirst] = useState(open);
  const add = (event: React.FormEvent<HTMLFormElement>) => {
    if (!onAdd) return;
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get('title')).trim();
    if (!title) return;
    onAdd(title);
    event.currentTarget.reset();
    event.currentTarget.querySelector<HTMLInputElement>('[name=title]')?.focus();
  };
  return (
    <details className="outline-add" open={openAtFirst}>
      <summary><Plus aria-hidden="true" />{label}</summary>
      <form method="post" action={action} onSubmit={add} className="flex flex-wrap items-end gap-2 pt-1 pb-3">
        {moduleId && <input type="hidden" name="moduleId" value={moduleId} />}
        <Field label={field} className="min-w-0 flex-1 basis-40" required><TextInput name="title" maxLength={200} dir="auto" autoComplete="off" /></Field>
        <Button type="submit" look={look} name="intent" value={intent}>{t('catalog.add')}</Button>
      </form>
    </details>
  );
}

/** Ctrl+Z takes the last step back, unless it is a text that is being written. */
function useUndoKey(root: { current: HTMLElement | null }, undo: () => void) {
  const latest = useLatest(undo);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'z' || target.isContentEditable || target.matches('input, textarea')) return;
      // Two outlines may be on the page, for the two widths.
      if (!root.current?.offsetParent) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [root, latest]);
}

/** Drags by pointer or finger: what is under it is where the part goes. */
function useDrag(order: Order[], hold: (id: string, order: Order[]) => void, letGo: () => void, commit: (order: Order[], id: string) => void) {
  const active = useRef<{ id: string; y: number; moved: boolean } | null>(null);
  const latest = useLatest({ order, hold, letGo, commit });
  // All the page is heard: the handle itself is drawn anew when its part goes to another module.
  useEffect(() => {
    const onMove = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const held = active.current;
      const now = latest.current;
      if (!held || (!held.moved && Math.abs(clientY - held.y) < 5)) return;
      if (!held.moved) { held.moved = true; now.hold(held.id, now.order); }
      if (clientY < 90) scrollBy(0, -12);
      else if (clientY > innerHeight - 60) scrollBy(0, 12);
      const row = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-row]');
      const target = row?.dataset['row'];
      if (!row || !target || target === held.id) return;
      const { top, height } = row.getBoundingClientRect();
      const next = placed(now.order, held.id, target, clientY > top + height / 2 ? 'after' : 'before');
      if (!sameOrder(next, now.order)) now.hold(held.id, next);
    };
    const onUp = () => {
      const held = active.current;
      active.current = null;
      if (held?.moved) latest.current.commit(latest.current.order, held.id);
    };
    const onCancel = () => {
      if (active.current) latest.current.letGo();
      active.current = null;
    };
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    addEventListener('pointercancel', onCancel);
    return () => {
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', onCancel);
    };
  }, [latest]);
  const onPointerDown = (id: string) => (event: PointerEvent) => { if (event.button === 0) active.current = { id, y: event.clientY, moved: false }; };
  return { active, onPointerDown };
}
