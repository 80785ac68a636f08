/** Where a course is brought in: the form, what it takes, and what was brought before. */
import { data, redirect } from 'react-router';
import { Field, FileInput, Notice, Page, PageHeader, Pagination, Section, Stack, SubmitButton, Table, TextLink } from '@milpa/ui';
import { createImport, listImports } from '@milpa/interop/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { Upload } from 'lucide-react';
import { load, submit, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { ProblemSummary } from '../shell/problem.tsx';
import { Title } from '../shell/title.tsx';
import { importPath, importsPath } from './paths.ts';
import { ImportStatus } from './status.tsx';
import type { Route } from './+types/import';

const formats = ['cartridge', 'canvas', 'markdown'] as const;

export async function loader({ context }: Route.LoaderArgs) {
  const { url } = web(context);
  const cursor = url.searchParams.get('after') ?? undefined;
  const { data: imports, page } = await load(context, listImports, { query: { limit: 20, ...(cursor ? { cursor } : {}) } });
  return { imports: imports.map(({ id, fileName, status, createdAt }) => ({ id, fileName, status, createdAt })), next: page.next, isFirst: cursor === undefined };
}

export async function action({ context }: Route.ActionArgs) {
  const file = web(context).uploads.get('package');
  if (!file) return data({ problem: null }, { status: 422 });
  const { output, problem } = await submit(context, createImport, { query: { name: file.name }, body: file });
  return problem ? data({ problem }, { status: problem.status }) : redirect(importPath(output.id), 303);
}

export default function Import({ loaderData: { imports, next, isFirst }, actionData }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const answer: { problem: ProblemDocument | null } | undefined = actionData;
  return (
    <Page narrow>
      <Title>{t('interop.title')}</Title>
      <PageHeader title={t('interop.title')} lead={t('interop.lead')} />
      <ProblemSummary problem={answer?.problem ?? undefined} />
      <form method="post" encType="multipart/form-data" className="ui-stack">
        <Field label={t('interop.file')} id="package" hint={t('interop.file.hint')} error={answer?.problem === null ? t('interop.file.missing') : undefined} required>
          <FileInput name="package" accept=".imscc,.zip,application/zip" required />
        </Field>
        <SubmitButton size="large" icon={<Upload aria-hidden="true" />}>{t('interop.submit')}</SubmitButton>
      </form>
      <Section title={t('interop.formats.title')}>
        <Stack>
          <dl className="ui-stack">
            {formats.map((name) => <div key={name}><dt className="font-medium">{t(`interop.formats.${name}`)}</dt><dd className="text-ink-soft">{t(`interop.formats.${name}.text`)}</dd></div>)}
          </dl>
          <Notice>{t('interop.formats.losses')}</Notice>
        </Stack>
      </Section>
      <Section title={t('interop.recent')}>
        {imports.length === 0 ? <p>{t('interop.none')}</p> : (
          <Table
            caption={t('interop.recent')} rows={imports} rowKey={(row) => row.id}
            columns={[
              { key: 'file', header: t('interop.column.file'), primary: true, cell: (row) => <TextLink href={importPath(row.id)} className="wrap-anywhere"><bdi>{row.fileName}</bdi></TextLink> },
              { key: 'status', header: t('interop.column.status'), cell: (row) => <ImportStatus status={row.status} /> },
              { key: 'when', header: t('interop.column.when'), align: 'end', cell: (row) => format.dateTime(row.createdAt) },
            ]}
          />
        )}
        <Pagination
          label={t('interop.pages')}
          previous={isFirst ? undefined : { href: importsPath, label: t('interop.newest') }}
          next={next ? { href: `${importsPath}?after=${encodeURIComponent(next)}`, label: t('interop.older') } : undefined}
        />
      </Section>
    </Page>
  );
}
