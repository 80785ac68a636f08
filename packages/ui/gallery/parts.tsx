import { Bell, Plus } from 'lucide-react';
import {
  Avatar, Badge, Breadcrumbs, Button, Card, Checkbox, Cluster, Cover, DefinitionList, EmptyState, Field, Fieldset, FileInput, FormErrorSummary, Grid, IconButton,
  Illustration, LinkButton, Logo, Notice, Page, PageHeader, Pagination, Progress, ProgressRing, Radio, Section, Select, Skeleton, Stack, Steps, SubmitButton, Switch,
  Table, Tabs, Tag, TextArea, TextInput, TextLink, Toast, ToastRegion, type Column,
} from '../index.ts';
import { Dialog, DialogClose, DialogTrigger } from '../dialog.ts';
import type { PageProps, Text } from './texts.ts';

export function Parts({ text }: PageProps) {
  return (
    <main>
      <Page>
        <PageHeader eyebrow="Milpa" title={text.catalogue} lead={text.catalogueLead} actions={<Logo label="Milpa" className="size-16" />} />
        <Buttons text={text} />
        <Marks text={text} />
        <Forms text={text} />
        <Feedback text={text} />
        <Tables text={text} />
        <Ways text={text} />
      </Page>
      <ToastRegion label={text.feedback}><Toast onDismiss={() => undefined} dismissLabel={text.close} action={<Button look="quiet" size="small">{text.undo}</Button>}>{text.toast}</Toast></ToastRegion>
    </main>
  );
}

function Buttons({ text }: { text: Text }) {
  return (
    <Section title={text.buttons} lead={<>{text.info} <TextLink href="#more">{text.learnMore}</TextLink></>}>
      <Cluster>
        <Button look="primary">{text.save}</Button>
        <Button icon={<Plus aria-hidden="true" />}>{text.newCourse}</Button>
        <Button look="quiet">{text.cancel}</Button>
        <Button look="danger">{text.remove}</Button>
        <Button look="primary" busy>{text.saving}</Button>
        <Button disabled>{text.save}</Button>
        <LinkButton href="#small" size="small">{text.learnMore}</LinkButton>
        <Button look="primary" size="large">{text.enter}</Button>
        <IconButton label={text.notifications} dot><Bell aria-hidden="true" /></IconButton>
        <DialogTrigger dialog="leave">{text.dialogOpen}</DialogTrigger>
      </Cluster>
      <Dialog id="leave" title={text.dialogTitle} closeLabel={text.close} actions={<><DialogClose dialog="leave">{text.cancel}</DialogClose><SubmitButton>{text.leave}</SubmitButton></>}>{text.dialogText}</Dialog>
    </Section>
  );
}

function Marks({ text }: { text: Text }) {
  return (
    <Stack>
      <Cluster gap="small">
        <Badge>{text.draft}</Badge><Badge tone="leaf">{text.published}</Badge><Badge tone="clay">{text.overdue}</Badge><Badge tone="maize">{text.waiting}</Badge><Badge tone="night">{text.newWord}</Badge><Badge tone="squash">{text.newWord}</Badge>
        <Tag>{text.science}</Tag><Tag>{text.beginner}</Tag>
      </Cluster>
      <Cluster>
        {text.courses.slice(0, 3).map(([, person]) => <Avatar key={person} name={person} />)}<Avatar name={text.person} size="large" /><Avatar name={text.person} size="small" />
        <ProgressRing value={38} label={text.progress} text="38" /><ProgressRing value={72} label={text.progress} text="72" size="large" /><ProgressRing value={100} label={text.progress} size="small" />
      </Cluster>
      <Progress value={3} max={8} label={text.progress} text={text.progressText} />
    </Stack>
  );
}

function Forms({ text }: { text: Text }) {
  return (
    <Section title={text.forms}>
      <Grid cells="large">
        <Card>
          <Stack>
            <FormErrorSummary title={text.errorTitle} errors={[{ fieldId: 'email', message: text.emailError }]} />
            <Field label={text.name} hint={text.nameHint} required><TextInput name="name" defaultValue={text.person} autoComplete="name" /></Field>
            <Field id="email" label={text.email} error={text.emailError}><TextInput name="email" type="email" defaultValue="rosa.example.org" /></Field>
            <Field label={text.country}><Select name="country">{text.countries.map(country => <option key={country}>{country}</option>)}</Select></Field>
            <Field label={text.about} note={text.optional}><TextArea name="about" /></Field>
          </Stack>
        </Card>
        <Card>
          <Stack>
            <Fieldset label={text.pay}>
              <Radio name="pay" value="all" label={text.payChoices[0]} defaultChecked card />
              <Radio name="pay" value="parts" label={text.payChoices[1]} hint={text.payHint} card />
            </Fieldset>
            <div>
              <Checkbox name="news" label={text.news} hint={text.newsHint} defaultChecked />
              <Checkbox name="other" label={text.learnMore} />
              <Switch name="reminders" label={text.reminders} defaultChecked />
              <Switch name="quiet" label={text.notifications} />
            </div>
            <Field label={text.file} hint={text.fileHint}><FileInput name="file" /></Field>
          </Stack>
        </Card>
      </Grid>
    </Section>
  );
}

function Feedback({ text }: { text: Text }) {
  return (
    <Section title={text.feedback}>
      <Stack>
        <Notice title={text.infoTitle} actions={<Button size="small">{text.learnMore}</Button>}>{text.info}</Notice>
        <Notice tone="success">{text.success}</Notice>
        <Notice tone="warning">{text.warning}</Notice>
        <Notice tone="danger">{text.danger}</Notice>
        <Grid>
          <Card><EmptyState title={text.emptyTitle} action={<Button look="primary">{text.newCourse}</Button>} headingLevel={3}>{text.empty}</EmptyState></Card>
          <Card><EmptyState illustration="search" title={text.notFound} headingLevel={3} /></Card>
          <Card tone="sunk"><Skeleton kind="cover" /><Skeleton kind="title" /><Skeleton lines={3} /></Card>
        </Grid>
        <Cluster><Illustration name="gate" /><Illustration name="storm" /><Illustration name="harvest" /></Cluster>
      </Stack>
    </Section>
  );
}

type Payment = { id: string; name: string; role: string; paid: string };

function columns(text: Text): Column<Payment>[] {
  return [
    { key: 'name', header: text.member, cell: row => <Cluster gap="small"><Avatar name={row.name} size="small" />{row.name}</Cluster>, primary: true },
    { key: 'role', header: text.role, cell: row => <Badge tone="night">{row.role}</Badge> },
    { key: 'paid', header: text.paid, cell: row => row.paid, align: 'end' },
    { key: 'actions', header: text.actions, cell: () => <Button size="small">{text.open}</Button>, actions: true },
  ];
}

function Tables({ text }: { text: Text }) {
  const rows: Payment[] = text.roles.map((role, i) => ({ id: String(i), name: text.courses[i]?.[1] ?? '', role, paid: text.price }));
  return (
    <Section title={text.tables}>
      <Stack>
        <Card flush>
          <Table
            caption={text.tables}
            rows={rows}
            rowKey={row => row.id}
            columns={columns(text)}
          />
        </Card>
        <DefinitionList items={text.facts.map(([term, value]) => ({ term, value }))} />
      </Stack>
    </Section>
  );
}

function Ways({ text }: { text: Text }) {
  return (
    <Section title={text.navigation}>
      <Breadcrumbs label={text.crumbs} items={text.nav.slice(0, 3).map((label, i) => ({ href: `#${i}`, label }))} />
      <Tabs label={text.catalogue} items={text.tabs.map((label, i) => ({ href: `#tab${i}`, label, current: i === 1 }))} />
      <Steps label={text.stepLabel} steps={text.steps.map((label, i) => ({ label, state: i < 1 ? 'done' : i === 1 ? 'current' : 'ahead' }))} />
      <Pagination label={text.pages} previous={{ href: '#previous', label: text.previous }} next={{ href: '#next', label: text.next }} />
    </Section>
  );
}

export function Covers({ text }: PageProps) {
  return <main className="p-6"><h1 className="ui-hidden">{text.catalogue}</h1><Grid cells="small">{Array.from({ length: 36 }, (_, i) => <div key={i} className="rounded-m aspect-video overflow-clip"><Cover seed={`course-${i}`} /></div>)}</Grid></main>;
}
