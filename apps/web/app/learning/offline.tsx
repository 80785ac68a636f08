/**
 * What this device has: a lesson at the address that was asked for, or the list of all. The server sends an empty shell, which the
 * service worker keeps; the device fills it.
 */
import { Badge, Button, Card, EmptyState, LinkButton, Page, PageHeader, Progress, Section } from '@milpa/ui';
import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { playerPath } from '../catalog/paths.ts';
import { useFormat, useT } from '../i18n/index.ts';
import type { ScreenHandle } from '../page.tsx';
import { Frame } from '../shell/frame.tsx';
import { Title } from '../shell/title.tsx';
import type { LessonData } from './lesson/data.ts';
import { asUsual, preferenceIn } from './lesson/reading.ts';
import { useMemberId } from './lesson/member.ts';
import { LessonScreen } from './lesson/screen.tsx';
// Brought along, so that they are there without a network too.
import './lesson/further-down.tsx';
import './lesson/live.tsx';
import './lesson/notes-panel.tsx';
import './offline/keep-course.tsx';
import { addressOf } from './offline/address.ts';
import { deviceOf, type KeptCourse, type KeptLesson } from './offline/device.ts';
import { forgetCourse } from './offline/keep.ts';
import { SyncStatus } from './offline/status.tsx';
import { useQueue } from './offline/use-queue.ts';

export const handle = { lesson: true } satisfies ScreenHandle;

/** Where a browser keeps nothing, as in some private windows, nothing is here. */
async function keptOf(memberId: string | null): Promise<Kept> {
  try {
    const device = memberId ? await deviceOf(memberId) : null;
    if (device) return { courses: await device.all('courses'), lessons: await device.all('lessons') };
  } catch { /* as if nothing were kept */ }
  return { courses: [], lessons: [] };
}

interface Kept { courses: KeptCourse[]; lessons: KeptLesson[] }

export default function Offline() {
  const memberId = useMemberId();
  const [kept, setKept] = useState<Kept | null>(null);
  const [search] = useSearchParams();
  const asked = search.get('at');
  const look = useCallback(() => keptOf(memberId).then(setKept), [memberId]);
  useEffect(() => void look(), [look]);
  if (!kept) return <Frame><Page><Heading /></Page></Frame>;
  const at = asked === null ? null : addressOf(asked);
  const course = kept.courses.find((each) => each.course.slug === at?.slug);
  const lessonId = at?.lessonId ?? course?.enrollment.lastLessonId ?? kept.lessons.findLast(({ courseId }) => courseId === course?.id)?.id;
  const lesson = kept.lessons.find(({ id, courseId }) => id === lessonId && courseId === course?.id);
  const missing = at !== null && at.lessonId !== 'done' && !lesson;
  if (course && lesson) return <LessonScreen key={lesson.id} page={{ ...dataOf(course, lesson), reading: preferenceIn(document.cookie) ?? asUsual }} newNoteId="" kept />;
  return <Frame><OnThisDevice kept={kept} memberId={memberId} ended={course && at?.lessonId === 'done' ? course : null} missing={missing ? asked : null} look={look} /></Frame>;
}

/** What is done is known of the course as a whole: lessons were kept at different times. */
function dataOf({ course, modules, enrollment }: KeptCourse, { id, courseId: _, keptAt: __, lesson, ...rest }: KeptLesson): LessonData {
  const completed = modules.some(({ lessons }) => lessons.some((each) => each.id === id && each.completed));
  return { ...rest, lesson: { ...lesson, completed }, course, modules, enrollment };
}

function Heading() {
  const t = useT();
  return <><Title>{t('learning.device.title')}</Title><PageHeader title={t('learning.device.title')} lead={t('learning.device.lead')} /></>;
}

interface ListProps { kept: Kept; memberId: string | null; ended: KeptCourse | null; /** The address that was asked for and is not here. */ missing: string | null; look: () => Promise<void> }

function OnThisDevice({ kept: { courses, lessons }, memberId, ended, missing, look }: ListProps) {
  const t = useT();
  const queue = useQueue(memberId);
  useWhenOnline(missing);
  const remove = async (courseId: string) => {
    if (memberId) await forgetCourse(await deviceOf(memberId), courseId);
    await look();
  };
  return (
    <Page>
      {ended ? <><Title>{t('learning.offline.end.title')}</Title><PageHeader title={t('learning.offline.end.title')} lead={t('learning.offline.end.text', { title: ended.course.title })} /></> : <Heading />}
      {missing !== null && <p role="alert" className="mb-6 font-medium">{t('learning.offline.missing')}</p>}
      <SyncStatus queue={queue} back="/offline" className="mb-6" />
      {courses.length === 0
        ? <EmptyState title={t('learning.device.empty.title')} action={<LinkButton look="primary" href="/learning">{t('learning.finished.home')}</LinkButton>}><p>{t('learning.device.empty.text')}</p></EmptyState>
        : (
          <Section title={t('learning.device.courses')}>
            <ul className="ui-grid">
              {courses.map((course) => <li key={course.id}><OneCourse course={course} lessons={lessons.filter(({ courseId }) => courseId === course.id)} onRemove={() => void remove(course.id)} /></li>)}
            </ul>
          </Section>
        )}
    </Page>
  );
}

/** What was asked for opens by itself once there is a network. */
function useWhenOnline(address: string | null): void {
  useEffect(() => {
    if (address === null) return;
    const open = () => location.assign(address);
    addEventListener('online', open);
    return () => removeEventListener('online', open);
  }, [address]);
}

function OneCourse({ course: { course, enrollment, chosen, bytes }, lessons, onRemove }: { course: KeptCourse; lessons: KeptLesson[]; onRemove: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <Card className="flex h-full flex-col items-start gap-3">
      <h3 className="text-lg"><bdi lang={course.language}>{course.title}</bdi></h3>
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-soft">
        {chosen ? <Badge tone="leaf">{t('learning.device.whole')}</Badge> : <Badge>{t('learning.device.opened')}</Badge>}
        <span>{t('learning.lessonCount', { n: lessons.length })}{bytes > 0 && <> · {format.bytes(bytes)}</>}</span>
      </p>
      <div className="w-full"><Progress value={enrollment.done} max={Math.max(enrollment.total, 1)} label={t('learning.progressIn', { title: course.title })} text={t('learning.lessonsDone', { done: enrollment.done, total: enrollment.total })} /></div>
      <div className="ui-cluster mt-auto">
        <LinkButton href={playerPath(course.slug)}>{t('learning.goOn.action')}</LinkButton>
        <Button look="quiet" onClick={onRemove}>{t('learning.device.remove')}</Button>
      </div>
    </Card>
  );
}
