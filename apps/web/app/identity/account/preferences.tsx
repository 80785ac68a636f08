import { redirect } from 'react-router';
import { Avatar, Button, Checkbox, Fieldset, FileInput, Notice, Section, Select, SubmitButton } from '@milpa/ui';
import { deletePicture, getMembership, noticeKinds, putPicture, updateMembership } from '@milpa/identity/contract';
import { load, submit, web } from '../../context.ts';
import { useT } from '../../i18n/index.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { FormField } from '../fields.tsx';
import { atField, readForm, refused, type Answer } from '../form.ts';
import type { Route } from './+types/preferences';

const pictureFields = { 'identity.picture_kind': 'picture', 'identity.picture_too_large': 'picture' };

/** What counts in this organisation alone; who is no member has no such page. */
export async function loader({ context }: Route.LoaderArgs) {
  const { name, theme, timeZone, mutedNotices, pictureUrl } = await load(context, getMembership);
  const { tenant, url } = web(context);
  return {
    name, theme, timeZone, mutedNotices, pictureUrl, organisation: tenant?.name ?? '', here: tenant?.timeZone ?? 'UTC', kinds: [...noticeKinds],
    zones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')], saved: url.searchParams.has('saved'),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const { uploads, setCookies, url } = web(context);
  const saved = () => redirect('/account/preferences?saved', 303);
  if (form.text('part') === 'picture') {
    const picture = uploads.get('picture');
    const { problem } = picture ? await submit(context, putPicture, { query: { name: picture.name }, body: picture }) : await submit(context, deletePicture);
    return problem ? refused(atField(problem, pictureFields), { part: 'picture' }) : saved();
  }
  const wanted = form.all('notices');
  const theme = form.text('theme');
  const chosen = theme === 'light' || theme === 'dark' ? theme as 'light' | 'dark' : null;
  const body = { theme: chosen, timeZone: form.optional('timeZone') ?? null, mutedNotices: noticeKinds.filter((kind) => !wanted.includes(kind)) };
  const { problem } = await submit(context, updateMembership, { body });
  if (problem) return refused(problem, form.keep('theme', 'timeZone'));
  // This browser follows at once, whatever was chosen here before.
  setCookies.push(`theme=${chosen ?? 'system'}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${url.protocol === 'https:' ? '; Secure' : ''}`);
  return saved();
}

export default function Preferences({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT();
  const { name, theme, timeZone, mutedNotices, pictureUrl, organisation, here, kinds, zones, saved } = loaderData;
  const answer: Answer | undefined = actionData;
  const ofPicture = answer?.values?.['part'] === 'picture' ? answer : undefined;
  const ofRest = ofPicture ? undefined : answer;
  return (
    <>
      {!answer && saved && <Notice tone="success" live>{t('identity.account.saved')}</Notice>}
      <Section title={t('identity.preferences.picture')} lead={t('identity.preferences.pictureLead', { organisation })}>
        <ProblemSummary problem={ofPicture?.problem} />
        <div className="flex flex-wrap items-start gap-6">
          {pictureUrl ? <img src={pictureUrl} alt={t('identity.preferences.pictureNow')} className="size-24 rounded-full object-cover" /> : <Avatar name={name} size="large" />}
          <form method="post" encType="multipart/form-data" className="ui-stack min-w-0 flex-1 basis-64">
            <input type="hidden" name="part" value="picture" />
            <FormField name="picture" label={t('identity.preferences.pictureFile')} hint={t('identity.preferences.pictureHint')} answer={ofPicture}>
              <FileInput name="picture" accept="image/png,image/jpeg,image/webp" required />
            </FormField>
            <Button type="submit" className="self-start">{t('identity.preferences.pictureSend')}</Button>
          </form>
        </div>
        {pictureUrl && (
          <form method="post">
            <Button type="submit" look="quiet" name="part" value="picture">{t('identity.preferences.pictureRemove')}</Button>
          </form>
        )}
      </Section>
      <form method="post" className="ui-stack ui-gap-l">
        <ProblemSummary problem={ofRest?.problem} />
        <Section title={t('identity.preferences.look')}>
          <div className="ui-stack">
          <FormField name="theme" label={t('shell.theme')} answer={ofRest}>
            <Select name="theme" defaultValue={theme ?? ''}>
              <option value="">{t('shell.theme.system')}</option>
              <option value="light">{t('shell.theme.light')}</option>
              <option value="dark">{t('shell.theme.dark')}</option>
            </Select>
          </FormField>
          <FormField name="timeZone" label={t('identity.preferences.timeZone')} hint={t('identity.preferences.timeZoneHint')} answer={ofRest}>
            <Select name="timeZone" defaultValue={timeZone ?? ''}>
              <option value="">{t('identity.preferences.timeZoneHere', { zone: here })}</option>
              {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}
            </Select>
          </FormField>
          </div>
        </Section>
        <Section title={t('identity.preferences.mails')} lead={t('identity.preferences.mailsLead')}>
          <div className="ui-stack">
          <Fieldset label={t('identity.preferences.mailsAbout')}>
            {kinds.map((kind) => <Checkbox key={kind} name="notices" value={kind} label={t(`identity.notice.${kind}`)} hint={t(`identity.noticeHint.${kind}`)} defaultChecked={!mutedNotices.includes(kind)} />)}
          </Fieldset>
          <SubmitButton className="self-start">{t('identity.account.save')}</SubmitButton>
          </div>
        </Section>
      </form>
    </>
  );
}
