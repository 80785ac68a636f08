/** One import: how far it is, and in the end what became of every part of the package. */
import { Breadcrumbs, Cluster, LinkButton, Notice, Page, PageHeader, Progress, Section, Stack } from '@milpa/ui';
import { getImport } from '@milpa/interop/contract';
import { ChevronDown } from 'lucide-react';
import { managePath } from '../catalog/paths.ts';
import { load } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { useLookingAgain } from '../shell/look-again.ts';
import { Title } from '../shell/title.tsx';
import { importPath, importsPath } from './paths.ts';
import { arrangeReport, reasonKey, type ReportGroup, type ReportPart } from './report.ts';
import { ImportStatus } from './status.tsx';
import type { Route } from './+types/import-detail';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { id, fileName, status, step, progress, course, repeated, problem, report } = await load(context, getImport, { params: { importId: params.importId } });
  return { id, fileName, status, step, progress, course, repeated, problem, report: arrangeReport(report ?? []) };
}

export default function ImportDetail({ loaderData }: Route.ComponentProps) {
  const t = useT();
  const { fileName, status, report } = loaderData;
  const isUnderWay = status === 'queued' || status === 'running';
  useLookingAgain(isUnderWay);
  return (
    <Page narrow>
      <Title>{t('interop.detail.title', { name: fileName })}</Title>
      <PageHeader
        before={<Breadcrumbs label={t('interop.crumbs')} items={[{ href: importsPath, label: t('interop.nav') }]} />}
        title={<bdi className="wrap-anywhere">{fileName}</bdi>}
        actions={<ImportStatus status={status} />}
      />
      {isUnderWay ? <UnderWay {...loaderData} /> : <Outcome {...loaderData} />}
      {report.length > 0 && (
        <Section title={t('interop.reportTitle')} lead={t('interop.reportLead')}>
          <Stack>{report.map((part) => <Part key={part.outcome} {...part} />)}</Stack>
        </Section>
      )}
    </Page>
  );
}

function UnderWay({ id, step, progress }: Route.ComponentProps['loaderData']) {
  const t = useT();
  const format = useFormat();
  return (
    <Stack>
      <p role="status">{t(`interop.step.${step}`)}</p>
      <Progress value={progress} label={t('interop.progress')} text={format.percent(progress / 100)} />
      <p>{t('interop.wait')}</p>
      <Cluster><LinkButton href={importPath(id)}>{t('interop.refresh')}</LinkButton></Cluster>
    </Stack>
  );
}

function Outcome({ course, repeated, problem }: Route.ComponentProps['loaderData']) {
  const t = useT();
  if (problem) {
    return (
      <Notice tone="danger" title={problem.title} actions={<LinkButton look="primary" href={importsPath}>{t('interop.again')}</LinkButton>} live>{problem.detail}</Notice>
    );
  }
  if (!course) return null;
  const said = repeated ? 'repeated' as const : 'ready' as const;
  return (
    <Notice
      tone={repeated ? 'info' : 'success'} title={t(`interop.${said}.title`)} live
      actions={<>{course.abilities.update && <LinkButton look="primary" href={managePath(course.id)}>{t('interop.openCourse')}</LinkButton>}<LinkButton href={importsPath}>{t('interop.again')}</LinkButton></>}
    >
      <p><bdi>{course.title}</bdi></p>
      {!course.abilities.update && <p>{t('interop.repeated.elsewhere')}</p>}
      <p>{t(`interop.${said}.text`)}</p>
    </Notice>
  );
}

/** What was lost or changed stands open; what was kept is there for who wants to see it. */
function Part({ outcome, count, groups }: ReportPart) {
  const t = useT();
  return (
    <details open={outcome !== 'kept'} className="group rounded-m bg-surface px-4 py-2">
      <summary className="flex min-h-(--tap) cursor-pointer items-center gap-2 font-medium">
        <ChevronDown aria-hidden="true" className="size-5 group-open:rotate-180" />{t(`interop.outcome.${outcome}`, { count })}
      </summary>
      <Stack className="my-3">{groups.map((group) => <Group key={group.reason} {...group} />)}</Stack>
    </details>
  );
}

function Group({ reason, items, more }: ReportGroup) {
  const t = useT();
  return (
    <div>
      <p>{t(reasonKey(reason))}</p>
      <ul className="mt-1 list-disc ps-5 text-sm text-ink-soft">
        {items.map(({ title, what }, index) => (
          <li key={index} className="wrap-anywhere"><bdi>{title}</bdi>{what && <span className="block text-ink-faint"><bdi>{what}</bdi></span>}</li>
        ))}
        {more > 0 && <li>{t('interop.outcome.more', { count: more })}</li>}
      </ul>
    </div>
  );
}
