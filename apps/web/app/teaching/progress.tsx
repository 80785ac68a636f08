/** How a course is taken up day by day, and where in it learners are. */
import { Anchor, BarChart, Button, Card, EmptyState, LineChart, Page, Section, Select, Stack, Table, VisuallyHidden } from '@milpa/ui';
import { getCourseStatistics, getRosterSummary } from '@milpa/learning/contract';
import { load, web } from '../context.ts';
import { useFormat, useT } from '../i18n/index.ts';
import { taughtCourse } from './course.ts';
import { TeachHeader } from './header.tsx';
import { learnersPath, progressPath } from './paths.ts';
import type { Route } from './+types/progress';

const spans = [14, 30, 90, 365] as const;

export async function loader({ context, params: { courseId } }: Route.LoaderArgs) {
  const days = spans.find((span) => String(span) === web(context).url.searchParams.get('days')) ?? 30;
  const [course, statistics, summary] = await Promise.all([
    taughtCourse(context, courseId), load(context, getCourseStatistics, { params: { courseId }, query: { days } }), load(context, getRosterSummary, { params: { courseId } }),
  ]);
  return { course, days, statistics, summary };
}

export default function CourseProgress({ loaderData: { course, days, statistics, summary } }: Route.ComponentProps) {
  const t = useT();
  const format = useFormat();
  const learners = summary.active + summary.completed;
  // A day has no time of its own: at noon it is the same day everywhere that it is written for.
  const dayName = (day: string) => format.date(`${day}T12:00:00Z`);
  const total = { learners, stalled: summary.stalled, completed: summary.completed, lessons: statistics.total.lessonsCompleted };
  return (
    <Page>
      <TeachHeader course={course} part="progress" lead={t('teaching.progress.lead')} />
      <dl className="mb-8 grid grid-cols-2 gap-4 lg:grid-cols-4">
        {(Object.keys(total) as (keyof typeof total)[]).map((name) => (
          <Card key={name} className="flex flex-col-reverse"><dt className="text-sm text-ink-soft">{t(`teaching.total.${name}`)}</dt><dd className="text-2xl font-semibold tabular-nums">{format.number(total[name])}</dd></Card>
        ))}
      </dl>
      <Stack gap="large">
        <Section
          title={t('teaching.days')}
          actions={(
            <form method="get" action={progressPath(course.id)} className="flex items-end gap-2">
              <label><VisuallyHidden>{t('teaching.days.span')}</VisuallyHidden><Select name="days" defaultValue={days}>{spans.map((span) => <option key={span} value={span}>{t('teaching.days.last', { n: span })}</option>)}</Select></label>
              <Button type="submit">{t('teaching.days.show')}</Button>
            </form>
          )}
        >
          <Card>
            <LineChart
              label={t('teaching.days.label', { n: days })} from={dayName(statistics.days[0]!.day)} to={dayName(statistics.days.at(-1)!.day)} formatMax={format.number}
              series={[
                { key: 'active', label: t('teaching.days.active'), tone: 'leaf', values: statistics.days.map((day) => day.activeLearners) },
                { key: 'enrolled', label: t('teaching.days.enrolled'), tone: 'squash', values: statistics.days.map((day) => day.enrolled) },
                { key: 'completed', label: t('teaching.days.completed'), tone: 'night', values: statistics.days.map((day) => day.completed) },
              ]}
              tableLabel={t('teaching.days.table')}
              table={(
                <Table
                  caption={t('teaching.days')} rowKey={(day) => day.day}
                  rows={statistics.days.filter((day) => day.activeLearners + day.enrolled + day.completed + day.lessonsCompleted > 0).toReversed()}
                  columns={[
                    { key: 'day', header: t('teaching.days.day'), primary: true, cell: (day) => dayName(day.day) },
                    { key: 'active', header: t('teaching.days.active'), align: 'end', cell: (day) => format.number(day.activeLearners) },
                    { key: 'enrolled', header: t('teaching.days.enrolled'), align: 'end', cell: (day) => format.number(day.enrolled) },
                    { key: 'lessons', header: t('teaching.days.lessons'), align: 'end', cell: (day) => format.number(day.lessonsCompleted) },
                    { key: 'completed', header: t('teaching.days.completed'), align: 'end', cell: (day) => format.number(day.completed) },
                  ]}
                />
              )}
            />
          </Card>
        </Section>
        <Section title={t('teaching.funnel')} lead={t('teaching.funnel.lead')}>
          {learners === 0 ? <EmptyState title={t('teaching.learners.empty')} /> : (
            <Card>
              <BarChart
                caption={t('teaching.funnel')} max={learners} headers={{ row: t('teaching.column.lesson'), numbers: [t('teaching.funnel.done'), t('teaching.funnel.at'), t('teaching.funnel.before')] }}
                rows={summary.lessons.map((lesson) => ({
                  key: lesson.id, label: <bdi lang={course.language}>{lesson.title}</bdi>,
                  parts: [{ value: lesson.done, tone: 'leaf' as const }, { value: lesson.at, tone: 'maize' as const }],
                  numbers: [format.number(lesson.done), lesson.at === 0 ? format.number(0) : <Anchor key="at" className="ui-link" href={`${learnersPath(course.id)}?lessonId=${lesson.id}&state=active`}>{format.number(lesson.at)}</Anchor>, format.number(lesson.before)],
                }))}
              />
            </Card>
          )}
        </Section>
      </Stack>
    </Page>
  );
}
