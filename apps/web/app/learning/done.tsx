/** The end of a course: what was finished, when, and what comes next; or what is still open. */
import { data } from 'react-router';
import { Cover, EmptyState, LinkButton, Page, Progress } from '@milpa/ui';
import { playerPath } from '../catalog/paths.ts';
import type { ScreenHandle } from '../page.tsx';
import { reviewsPath } from '../reviews/paths.ts';
import { recommendationsFor } from '../reviews/load.ts';
import { Recommendations } from '../reviews/recommendations.tsx';
import { useFormat, useT } from '../i18n/index.ts';
import { ErrorScreen } from '../shell/errors.tsx';
import { Frame } from '../shell/frame.tsx';
import { Title } from '../shell/title.tsx';
import { admitted } from './admission.ts';
import { orOffline } from './offline/fallback.ts';
import { firstOpen } from './place.ts';
import type { Route } from './+types/done';

export const handle = { words: ['reviews'] } satisfies ScreenHandle;

export async function loader({ context, params }: Route.LoaderArgs) {
  const [outline, recommended] = await Promise.all([admitted(context, params.course), recommendationsFor(context)]);
  const { course, enrollment, modules } = outline;
  if (!enrollment) throw data(null, { status: 404 });
  return {
    course, completedAt: enrollment.completedAt, done: enrollment.completedLessons, total: enrollment.lessonCount,
    open: firstOpen(outline),
    minutes: modules.flatMap(({ lessons }) => lessons).reduce((sum, lesson) => sum + (lesson.minutes ?? 0), 0),
    recommended,
  };
}

/** Without a network: that all of it is done here, and will be told. */
export const clientLoader = ({ serverLoader, request }: Route.ClientLoaderArgs) => orOffline(serverLoader, request);

export default function Done({ loaderData }: Route.ComponentProps) {
  const finished = loaderData.completedAt !== null;
  return <Frame>{finished ? <Finished {...loaderData} /> : <NotYet {...loaderData} />}</Frame>;
}

type Data = Route.ComponentProps['loaderData'];

function Finished({ course, completedAt, total, minutes, recommended }: Data) {
  const t = useT();
  const format = useFormat();
  return (
    <Page>
      <Title>{t('learning.finished.title')}</Title>
      <div className="mx-auto flex max-w-[40rem] flex-col items-center gap-5 py-8 text-center sm:py-14">
        <Cover seed={course.id} className="block aspect-video w-full max-w-96 rounded-(--round-l)" />
        <p className="ui-eyebrow mt-3">{completedAt && t('learning.completedOn', { date: format.date(completedAt, 'long') })}</p>
        <h1 className="text-3xl leading-tight">{t('learning.finished.title')}</h1>
        <p className="text-lg font-medium"><bdi lang={course.language}>{course.title}</bdi></p>
        <p className="text-ink-soft">{minutes > 0 ? t('learning.finished.textWithTime', { n: total, minutes }) : t('learning.finished.text', { n: total })}</p>
        <div className="mt-2 flex flex-wrap justify-center gap-3">
          <LinkButton look="primary" size="large" href="/learning">{t('learning.finished.home')}</LinkButton>
          <LinkButton size="large" look="quiet" href={playerPath(course.slug)}>{t('learning.finished.again')}</LinkButton>
          <LinkButton size="large" look="quiet" href={reviewsPath(course.slug)}>{t('reviews.write')}</LinkButton>
        </div>
      </div>
      <Recommendations items={recommended} />
    </Page>
  );
}

/** The last lesson is done, others were left out. */
function NotYet({ course, done, total, open }: Data) {
  const t = useT();
  return (
    <Page narrow>
      <Title>{t('learning.notYet.title')}</Title>
      <EmptyState headingLevel={1} title={t('learning.notYet.title')} action={open && <LinkButton look="primary" href={playerPath(course.slug, open)}>{t('learning.notYet.action')}</LinkButton>}>
        <p>{open ? t('learning.notYet.text', { n: total - done }) : t('learning.notYet.locked')}</p>
        <div className="mt-4"><Progress value={done} max={Math.max(total, 1)} label={t('learning.progressIn', { title: course.title })} text={t('learning.lessonsDone', { done, total })} /></div>
      </EmptyState>
    </Page>
  );
}

export function ErrorBoundary() {
  return <Frame><ErrorScreen /></Frame>;
}
