/** The category tree, for who keeps it. */
import { data, Form, redirect } from 'react-router';
import { Button, Card, EmptyState, Field, Page, PageHeader, Section, Select, SubmitButton, TextInput } from '@milpa/ui';
import { createCategory, deleteCategory, listCategories, updateCategory } from '@milpa/catalog/contract';
import { ChevronDown } from 'lucide-react';
import { load, submit, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { indented, pathTo } from './tree.ts';
import type { Route } from './+types/categories';

export async function loader({ context }: Route.LoaderArgs) {
  if (!web(context).viewer.permissions.includes('category:manage')) throw data(null, { status: 403 });
  const { data: categories } = await load(context, listCategories);
  const options = indented(categories).map(({ id, label }) => ({ id, label }));
  return {
    options,
    categories: categories.map(({ id, name, parentId, position }) => ({ id, name, parentId, position, depth: pathTo(categories, id).length - 1, inside: insideOf(categories, id) })),
  };
}

/** The category and all below it: where it cannot be moved to. */
const insideOf = (categories: Parameters<typeof pathTo>[0], id: string): string[] =>
  categories.filter((one) => pathTo(categories, one.id).some((ancestor) => ancestor.id === id)).map((one) => one.id);

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const field = (name: string) => String(form.get(name) ?? '');
  const params = { categoryId: field('categoryId') };
  const place = { name: field('name'), parentId: field('parentId') || null };
  const { problem } = await changeOf(field('intent'));
  return problem ? data({ problem, intent: field('intent'), categoryId: params.categoryId }, { status: problem.status }) : redirect('/admin/categories', 303);

  function changeOf(intent: string) {
    if (intent === 'remove') return submit(context, deleteCategory, { params });
    if (intent === 'change') return submit(context, updateCategory, { params, body: { ...place, position: Number(field('position') || '0') } });
    return submit(context, createCategory, { body: place });
  }
}

export default function Categories({ loaderData: { categories, options }, actionData }: Route.ComponentProps) {
  const t = useT();
  return (
    <Page narrow>
      <Title>{t('catalog.categories')}</Title>
      <PageHeader title={t('catalog.categories')} lead={t('catalog.categories.lead')} />
      <ProblemSummary problem={actionData?.problem} />
      {categories.length === 0
        ? <EmptyState title={t('catalog.categories.none')}><p>{t('catalog.categories.noneText')}</p></EmptyState>
        : (
          <ul className="flex flex-col gap-2">
            {categories.map((category) => (
              <li key={category.id} data-depth={Math.min(category.depth, 3)} className="data-[depth='1']:ms-5 data-[depth='2']:ms-10 data-[depth='3']:ms-15">
                <CategoryCard category={category} options={options} open={actionData?.categoryId === category.id} />
              </li>
            ))}
          </ul>
        )}
      <Section title={t('catalog.categories.add')}>
        <Form key={categories.length} method="post" className="flex flex-col gap-4">
          <CategoryFields options={options} name="" parentId="" />
          <div><SubmitButton name="intent" value="add">{t('catalog.add')}</SubmitButton></div>
        </Form>
      </Section>
    </Page>
  );
}

type Data = Route.ComponentProps['loaderData'];

function CategoryCard({ category, options, open }: { category: Data['categories'][number]; options: Data['options']; open: boolean }) {
  const t = useT();
  return (
    <Card flush>
      <details open={open} className="group">
        <summary className="flex min-h-(--tap) items-center gap-3 px-4 py-2 font-medium">
          <bdi className="min-w-0 flex-1 break-words">{category.name}</bdi>
          <ChevronDown aria-hidden="true" className="text-ink-faint group-open:rotate-180" />
        </summary>
        <Form method="post" className="flex flex-col gap-4 border-t border-line p-4">
          <input type="hidden" name="categoryId" value={category.id} />
          <CategoryFields options={options.filter(({ id }) => !category.inside.includes(id))} name={category.name} parentId={category.parentId ?? ''} />
          <Field label={t('catalog.categories.position')} hint={t('catalog.categories.positionHint')}>
            <TextInput type="number" name="position" min={0} max={10_000} defaultValue={category.position} className="max-w-32" />
          </Field>
          <div className="ui-cluster">
            <Button type="submit" name="intent" value="change">{t('catalog.save')}</Button>
            <Button type="submit" look="quiet" name="intent" value="remove" formNoValidate>{t('catalog.categories.remove')}</Button>
          </div>
        </Form>
      </details>
    </Card>
  );
}

function CategoryFields({ options, name, parentId }: { options: Data['options']; name: string; parentId: string }) {
  const t = useT();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('catalog.categories.name')} required><TextInput name="name" defaultValue={name} maxLength={120} dir="auto" autoComplete="off" /></Field>
      <Field label={t('catalog.categories.parent')}>
        <Select name="parentId" defaultValue={parentId}>
          <option value="">{t('catalog.categories.top')}</option>
          {options.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
        </Select>
      </Field>
    </div>
  );
}
