/** The outline with its tools: add, rename, move, remove. */
import { Form } from 'react-router';
import { Anchor, Button, Card, Field, IconButton, TextInput, TextLink } from '@milpa/ui';
import type { OutlineModule } from '@milpa/catalog/contract';
import { ArrowDown, ArrowUp, Pencil, Plus } from 'lucide-react';
import { useT } from '../i18n/index.ts';
import { Duration } from '../catalog/facts.tsx';
import { lessonEditorPath, removePath } from '../catalog/paths.ts';

const moveForm = 'move';

interface OutlineEditorProps { courseId: string; version: number; modules: OutlineModule[]; language: string }

export function OutlineEditor({ courseId, version, modules, language }: OutlineEditorProps) {
  const t = useT();
  return (
    <section aria-label={t('catalog.outline.title')} className="flex flex-col gap-5">
      <Form id={moveForm} method="post" preventScrollReset hidden><input type="hidden" name="version" value={version} /></Form>
      {modules.map((module, index) => (
        <Card key={module.id} flush id={`part-${module.id}`} className="scroll-mt-20">
          <div className="flex items-center gap-1 border-b border-line p-2 ps-5">
            <h2 className="min-w-0 flex-1 py-2 text-lg break-words"><bdi lang={language}>{module.title}</bdi></h2>
            <Moves id={module.id} title={module.title} first={index === 0} last={index === modules.length - 1} />
          </div>
          <ol>
            {module.lessons.map((lesson, at) => (
              <li key={lesson.id} id={`part-${lesson.id}`} className="flex scroll-mt-20 items-center gap-1 border-b border-line p-1 ps-5 pe-2">
                <Anchor href={lessonEditorPath(courseId, lesson.id)} className="flex min-h-(--tap) min-w-0 flex-1 flex-wrap items-center gap-x-3 no-underline hover:underline">
                  <bdi lang={language} className="min-w-0 break-words">{lesson.title}</bdi>
                  {lesson.minutes !== null && <span className="text-sm text-ink-soft"><Duration minutes={lesson.minutes} /></span>}
                </Anchor>
                <Moves id={lesson.id} title={lesson.title} first={index === 0 && at === 0} last={index === modules.length - 1 && at === module.lessons.length - 1} />
              </li>
            ))}
          </ol>
          <div className="flex flex-col gap-1 p-3 ps-5">
            <AddLesson moduleId={module.id} />
            <EditModule courseId={courseId} module={module} />
          </div>
        </Card>
      ))}
      <AddModule first={modules.length === 0} />
    </section>
  );
}

function Moves({ id, title, first, last }: { id: string; title: string; first: boolean; last: boolean }) {
  const t = useT();
  return (
    <>
      <IconButton type="submit" form={moveForm} name="move" value={`up:${id}`} label={t('authoring.move.up', { title })} disabled={first} className="disabled:opacity-30"><ArrowUp aria-hidden="true" /></IconButton>
      <IconButton type="submit" form={moveForm} name="move" value={`down:${id}`} label={t('authoring.move.down', { title })} disabled={last} className="disabled:opacity-30"><ArrowDown aria-hidden="true" /></IconButton>
    </>
  );
}

function AddLesson({ moduleId }: { moduleId: string }) {
  const t = useT();
  return (
    <details>
      <summary className="inline-flex min-h-(--tap) items-center gap-2 font-medium text-accent-text"><Plus aria-hidden="true" />{t('authoring.lesson.add')}</summary>
      <Form method="post" className="flex flex-wrap items-end gap-2 pt-1 pb-3">
        <input type="hidden" name="moduleId" value={moduleId} />
        <Field label={t('authoring.lesson.title')} className="min-w-0 flex-1 basis-48" required><TextInput name="title" maxLength={200} dir="auto" autoComplete="off" /></Field>
        <Button type="submit" name="intent" value="addLesson">{t('catalog.add')}</Button>
      </Form>
    </details>
  );
}

function EditModule({ courseId, module }: { courseId: string; module: OutlineModule }) {
  const t = useT();
  return (
    <details>
      <summary className="inline-flex min-h-(--tap) items-center gap-2 text-ink-soft"><Pencil aria-hidden="true" />{t('authoring.module.edit')}</summary>
      <Form method="post" className="flex flex-wrap items-end gap-2 pt-1 pb-2">
        <input type="hidden" name="moduleId" value={module.id} />
        <Field label={t('authoring.module.title')} className="min-w-0 flex-1 basis-48" required><TextInput name="title" defaultValue={module.title} maxLength={200} dir="auto" autoComplete="off" /></Field>
        <Button type="submit" name="intent" value="renameModule">{t('authoring.rename')}</Button>
      </Form>
      <p className="pb-2"><TextLink href={removePath(courseId, module.id)}>{t('authoring.module.remove')}</TextLink></p>
    </details>
  );
}

function AddModule({ first }: { first: boolean }) {
  const t = useT();
  return (
    <Card tone="sunk" id="add-module">
      {first && <p className="mb-4">{t('authoring.module.firstHint')}</p>}
      <Form method="post" className="flex flex-wrap items-end gap-2">
        <Field label={t('authoring.module.new')} className="min-w-0 flex-1 basis-48" required><TextInput name="title" maxLength={200} dir="auto" autoComplete="off" /></Field>
        <Button type="submit" name="intent" value="addModule" icon={<Plus aria-hidden="true" />}>{t('authoring.module.add')}</Button>
      </Form>
    </Card>
  );
}
