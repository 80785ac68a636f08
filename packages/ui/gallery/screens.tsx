/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways within a lesson has to be reached by keyboard */
import { Bell, BookOpen, CalendarDays, ChartNoAxesColumn, Clock, House, LogOut, MessageCircle, Settings, User, Users } from 'lucide-react';
import {
  AppShell, AuthShell, Avatar, Badge, CourseCard, CourseOutline, Field, Grid, IconLink, LanguageSwitch, LinkButton, Menu, MenuButton, MenuGroup, MenuLink, Page, PageHeader,
  PlayerShell, Progress, Section, SubmitButton, Tag, TextInput, TextLink, ThemeSwitch, type OutlineItem,
} from '../index.ts';
import type { PageProps, Text } from './texts.ts';

const ICONS = [House, BookOpen, CalendarDays, MessageCircle, Users, ChartNoAxesColumn, Settings];
const LANGUAGES = [{ locale: 'en', label: 'English' }, { locale: 'es', label: 'Español' }, { locale: 'ar', label: 'العربية' }];

export function AppPage({ text }: PageProps) {
  return (
    <AppShell
      skipLabel={text.skip}
      brand={{ href: '#home', name: text.tenant }}
      navigation={text.nav.map((label, i) => {
        const Icon = ICONS[i] ?? House;
        return { href: `#nav${i}`, label, icon: <Icon aria-hidden="true" />, current: i === 1 };
      })}
      navigationLabel={text.mainNavigation}
      moreLabel={text.more}
      actions={<IconLink href="#notifications" label={text.notifications} dot><Bell aria-hidden="true" /></IconLink>}
      account={<AccountMenu text={text} />}
      footer={<span>{text.footer}</span>}
    >
      <Page>
        <PageHeader eyebrow={text.catalogueEyebrow} title={text.catalogue} lead={text.catalogueLead} actions={<LinkButton href="#new" look="primary">{text.newCourse}</LinkButton>} />
        <Section title={text.progress}>
          <Grid>{text.courses.map(([title, person], i) => <Course key={i} title={title} person={person} index={i} text={text} />)}</Grid>
        </Section>
      </Page>
    </AppShell>
  );
}

function Course({ title, person, index, text }: { title: string; person: string; index: number; text: Text }) {
  return (
    <CourseCard
      href={`#course${index}`}
      title={title}
      coverSeed={`course-${index + 3}`}
      byline={person}
      summary={text.summary}
      tags={<><Tag>{text.science}</Tag>{index === 0 && <Badge tone="leaf">{text.newWord}</Badge>}</>}
      facts={<><span><BookOpen aria-hidden="true" />{text.lessons}</span><span><Clock aria-hidden="true" />{text.hours}</span></>}
      footer={index < 2 ? <Progress value={index + 3} max={8} label={text.progress} text={text.progressText} /> : index % 2 ? text.price : text.free}
    />
  );
}

function AccountMenu({ text }: { text: Text }) {
  return (
    <Menu label={text.account} trigger={<Avatar name={text.person} />}>
      <MenuGroup>{text.person}</MenuGroup>
      <MenuLink href="#profile" icon={<User aria-hidden="true" />}>{text.profile}</MenuLink>
      <MenuGroup><ThemeSwitch action="/theme" label={text.theme} value="light" labels={text.themes} /></MenuGroup>
      <MenuGroup><form method="post" action="/sign-out"><MenuButton icon={<LogOut className="ui-mirror" aria-hidden="true" />}>{text.signOut}</MenuButton></form></MenuGroup>
    </Menu>
  );
}

export function PlayerPage({ text }: PageProps) {
  const states: OutlineItem['state'][] = ['done', 'current', 'open'];
  const sections = text.sections.map((title, s) => ({
    id: String(s), title, note: `${s === 0 ? 1 : 0}/3`,
    items: text.lessonTitles.map((lesson, i) => {
      const state = s === 0 ? states[i] ?? 'open' : 'locked';
      return { href: `#${s}-${i}`, title: lesson, state, stateLabel: text.states[state], note: text.minutes };
    }),
  }));
  return (
    <PlayerShell
      skipLabel={text.skip}
      course={{ href: '#course', title: text.courses[0]?.[0], backLabel: text.back }}
      outline={<CourseOutline sections={sections} />}
      outlineLabel={text.outline}
      closeLabel={text.close}
      progress={{ value: 3, max: 8, label: text.progress, text: text.progressText }}
      stepsLabel={text.pages}
      previous={{ href: '#previous', label: text.previous, title: text.lessonTitles[0] }}
      next={{ href: '#next', label: text.completeNext, title: text.lessonTitles[2] }}
    >
      <Lesson lesson={text.lesson} />
    </PlayerShell>
  );
}

function Lesson({ lesson }: { lesson: Text['lesson'] }) {
  return (
    <article className="prose">
      <h1>{lesson.title}</h1>
      <p>{lesson.intro}</p>
      <h2>{lesson.h2}</h2>
      <p>{lesson.body} <em>{lesson.list[0]}</em> <a href="#source">{lesson.h2}</a>.</p>
      <ul>{lesson.list.map(item => <li key={item}>{item}</li>)}</ul>
      <blockquote data-kind="tip"><p>{lesson.quote}</p></blockquote>
      <ol>{lesson.list.map(item => <li key={item}>{item}</li>)}</ol>
      <table tabIndex={0}>
        <thead><tr>{lesson.tableHead.map(head => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>{lesson.table.map(row => <tr key={row[0]}>{row.map(cell => <td key={cell}>{cell}</td>)}</tr>)}</tbody>
      </table>
      <p><code>{lesson.code}</code> {lesson.caption}</p>
      <pre tabIndex={0}><code>{lesson.code}</code></pre>
      <hr />
      <blockquote><p>{lesson.quote}</p></blockquote>
    </article>
  );
}

export function AuthPage({ text, language }: PageProps) {
  return (
    <AuthShell
      skipLabel={text.skip}
      brand={{ href: '#home', name: text.tenant }}
      title={text.signIn}
      lead={text.signInLead}
      coverSeed="milpa"
      after={<>{text.noAccount} <TextLink href="#join">{text.join}</TextLink></>}
      footer={<><LanguageSwitch action="/locale" label={text.language} value={language} languages={LANGUAGES} /><ThemeSwitch action="/theme" label={text.theme} value="system" labels={text.themes} /></>}
    >
      <form className="ui-stack" method="post">
        <Field label={text.email}><TextInput name="email" type="email" autoComplete="username" /></Field>
        <Field label={text.password}><TextInput name="password" type="password" autoComplete="current-password" /></Field>
        <TextLink href="#forgot">{text.forgot}</TextLink>
        <SubmitButton wide size="large">{text.enter}</SubmitButton>
      </form>
    </AuthShell>
  );
}
