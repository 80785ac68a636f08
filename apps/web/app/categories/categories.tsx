/** The category tree, for who keeps it: steps instead of dragging, so that a phone, a keyboard and a page without scripts do the same. */
import { data, Form, redirect } from 'react-router';
import { Button, Card, EmptyState, Field, IconButton, PageHeader, Section, Select, SubmitButton, TextInput, TextLink, VisuallyHidden } from '@milpa/ui';
import { categoryMove, createCategory, deleteCategory, listManagedCategories, mergeCategory, moveCategory, updateCategory } from '@milpa/catalog/contract';
import { ArrowDown, ArrowUp, IndentDecrease, IndentIncrease, Pencil } from 'lucide-react';
import { catalogPath } from '../catalog/filters.ts';
import { indented, pathTo } from '../catalog/tree.ts';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { useSupport } from '../shell/support.ts';
import { Title } from '../shell/title.tsx';
import type { Route } from './+types/categories';

export async function loader({ context }: Route.LoaderArgs) {
  if (!web(context).viewer.permissions.includes('category:manage')) throw data(null, { status: 403 });
  const { data: categories } = await load(context, listManagedCategories);
  return {
    options: indented(categories).map(({ id, label }) => ({ id, label })),
    categories: categories.map(({ id, slug, name, parentId, courseCount }) => {
      const siblings = categories.filter((one) => one.parentId === parentId);
      return {
        id, slug, name, courseCount, depth: pathTo(categories, id).length - 1, inside: insideOf(categories, id), isUsed: courseCount > 0 || categories.some((one) => one.parentId === id),
        steps: { up: siblings[0]?.id !== id, down: siblings.at(-1)?.id !== id, in: siblings[0]?.id !== id, out: parentId !== null },
      };
    }),
  };
}

/** The category and all below it: where it cannot go. */
const insideOf = (categories: Parameters<typeof pathTo>[0], id: string): string[] =>
  categories.filter((one) => pathTo(categories, one.id).some((ancestor) => ancestor.id === id)).map((one) => one.id);

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '');
  const [intent, categoryId] = [field('intent'), field('categoryId')];
  const { problem } = await changeOf();
  return problem ? data({ problem, categoryId }, { status: problem.status }) : redirect('/admin/categories', 303);

  async function changeOf() {
    const params = { categoryId };
    const direction = categoryMove.safeParse(intent).data;
    if (direction) return submit(context, moveCategory, { params, body: { direction } });
    if (intent === 'remove') return submit(context, deleteCategory, { params, query: { contents: 'release' } });
    if (intent === 'merge') return submit(context, mergeCategory, { params, body: { intoId: field('intoId') } });
    if (intent === 'rename') return submit(context, updateCategory, { params, body: { name: field('name') } });
    return submit(context, createCategory, { body: { name: field('name'), parentId: field('parentId') || null } });
  }
}

export default function Categories({ loaderData: { categories, options }, actionData }: Route.ComponentProps) {
  const t = useT();
  const support = useSupport();
  return (
    <div className="max-w-3xl">
      <Title>{t('categories.title')}</Title>
      <PageHeader title={t('categories.title')} lead={t('categories.lead')} />
      <ProblemSummary problem={actionData?.problem} />
      {categories.length === 0
        ? <EmptyState title={t('categories.none')}><p>{t('categories.noneText')}</p></EmptyState>
        : (
          <ul className="flex flex-col gap-2">
            {categories.map((category) => (
              <li key={category.id} data-depth={Math.min(category.depth, 3)} className="data-[depth='1']:ms-5 data-[depth='2']:ms-10 data-[depth='3']:ms-15">
                {support.onlyReads ? <Card><p className="ui-cluster ui-between"><bdi className="font-medium">{category.name}</bdi><span className="text-sm text-ink-soft">{t('categories.count', { n: category.courseCount })}</span></p></Card> : <CategoryCard category={category} options={options} open={actionData?.categoryId === category.id} />}
              </li>
            ))}
          </ul>
        )}
      {!support.onlyReads && <Section title={t('categories.add')} className="mt-8">
        <Form key={categories.length} method="post" className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('categories.name')} required><TextInput name="name" maxLength={120} dir="auto" autoComplete="off" /></Field>
            <Field label={t('categories.parent')}>
              <Select name="parentId" defaultValue="">
                <option value="">{t('categories.top')}</option>
                {options.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
              </Select>
            </Field>
          </div>
          <div><SubmitButton>{t('categories.addSubmit')}</SubmitButton></div>
        </Form>
      </Section>}
    </div>
  );
}

type Data = Route.ComponentProps['loaderData'];
type Category = Data['categories'][number];

const arrows = { up: ArrowUp, down: ArrowDown, out: IndentDecrease, in: IndentIncrease } as const;

function CategoryCard({ category, options, open }: { category: Category; options: Data['options']; open: boolean }) {
  const t = useT();
  const { id, name, courseCount } = category;
  return (
    <Card flush className="relative">
      <details open={open}>
        <summary className="flex min-h-13 flex-wrap items-center gap-x-3 px-4 py-1 sm:pe-50">
          <bdi className="min-w-0 flex-1 break-words font-medium">{name}</bdi>
          <span className="text-sm text-ink-soft">{t('categories.count', { n: courseCount })}</span>
          <Pencil aria-hidden="true" className="text-ink-faint" /><VisuallyHidden>{t('categories.edit')}</VisuallyHidden>
        </summary>
        <Details category={category} options={options.filter((option) => !category.inside.includes(option.id))} />
      </details>
      <Form method="post" className="flex justify-end border-t border-line px-1 sm:absolute sm:end-1 sm:top-1 sm:border-0 sm:px-0">
        <input type="hidden" name="categoryId" value={id} />
        {(['up', 'down', 'out', 'in'] as const).map((step) => {
          const Arrow = arrows[step];
          return <IconButton key={step} type="submit" name="intent" value={step} label={t(`categories.${step}`, { name })} disabled={!category.steps[step]} className="disabled:opacity-30"><Arrow aria-hidden="true" className={step === 'in' || step === 'out' ? 'ui-mirror' : undefined} /></IconButton>;
        })}
      </Form>
    </Card>
  );
}

function Details({ category: { id, slug, name, courseCount, isUsed }, options }: { category: Category; options: Data['options'] }) {
  const t = useT();
  const support = useSupport();
  return (
    <div className="flex flex-col gap-5 border-t border-line p-4">
      {courseCount > 0 && <p><TextLink href={catalogPath({ category: slug })}>{t('categories.see')}</TextLink></p>}
      <Form method="post" className="flex items-end gap-2">
        <input type="hidden" name="categoryId" value={id} />
        <Field label={t('categories.name')} required className="min-w-0 flex-1"><TextInput name="name" defaultValue={name} maxLength={120} dir="auto" autoComplete="off" /></Field>
        <Button type="submit" name="intent" value="rename">{t('categories.save')}</Button>
      </Form>
      {options.length > 0 && !support.here && (
        <Form method="post" className="flex items-end gap-2">
          <input type="hidden" name="categoryId" value={id} />
          <Field label={t('categories.merge')} hint={t('categories.mergeHint')} required className="min-w-0 flex-1">
            <Select name="intoId" defaultValue="">
              <option value="" disabled>{t('categories.choose')}</option>
              {options.map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}
            </Select>
          </Field>
          <Button type="submit" name="intent" value="merge">{t('categories.mergeSubmit')}</Button>
        </Form>
      )}
      {!support.here && <Form method="post">
        <input type="hidden" name="categoryId" value={id} />
        {isUsed && <p className="ui-hint mb-2">{t('categories.removeUsed', { n: courseCount })}</p>}
        <Button type="submit" look="danger" name="intent" value="remove">{t('categories.remove')}</Button>
      </Form>}
    </div>
  );
}
