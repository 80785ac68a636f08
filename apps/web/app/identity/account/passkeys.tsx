/** The account's passkeys: what they open, and making, naming and removing them. */
import { Form, useFetcher } from 'react-router';
import { Badge, Button, Card, Notice, Section, SubmitButton } from '@milpa/ui';
import { KeyRound } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Passkey } from '@milpa/identity/contract';
import { useFormat, useT } from '../../i18n/index.ts';
import { ProblemSummary } from '../../shell/problem.tsx';
import { TextField } from '../fields.tsx';
import type { Answer } from '../form.ts';
import { createKey, usePasskeys, type KeyOptions } from '../passkey.tsx';

export interface KeyAnswer extends Answer { options?: KeyOptions }

export function Passkeys({ passkeys, host, answer, options }: { passkeys: Passkey[]; host: string; answer: Answer | undefined; /** The way to a new key came by way of a confirmation. */ options: KeyOptions | undefined }) {
  const t = useT();
  return (
    <Section title={t('identity.passkeys.title')} lead={t('identity.passkeys.lead', { host, site: (chunks) => <bdi key="site" dir="ltr" className="font-medium text-ink">{chunks}</bdi> })}>
      <ProblemSummary problem={answer?.problem} />
      {passkeys.length > 0 && (
        <Card flush>
          <ul className="divide-y divide-line">
            {passkeys.map((passkey) => <li key={passkey.id} className="p-4"><Key passkey={passkey} /></li>)}
          </ul>
        </Card>
      )}
      <NewKey begun={options} />
    </Section>
  );
}

function Key({ passkey: { id, name, host, here, createdAt, lastUsedAt } }: { passkey: Passkey }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="ui-stack ui-gap-s">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <KeyRound aria-hidden="true" className="shrink-0 text-ink-faint" />
        <div className="min-w-0 flex-1 basis-52">
          <p className="flex flex-wrap items-center gap-2 font-medium"><bdi className="wrap-anywhere">{name}</bdi>{!here && <Badge>{host}</Badge>}</p>
          <p className="text-sm text-ink-soft">{lastUsedAt ? t('identity.passkeys.used', { date: format.date(lastUsedAt) }) : t('identity.passkeys.made', { date: format.date(createdAt) })}</p>
        </div>
        <Form method="post">
          <input type="hidden" name="step" value="passkey-remove" />
          <Button type="submit" name="passkeyId" value={id} size="small" aria-label={t('identity.passkeys.removeOne', { name })}>{t('identity.passkeys.remove')}</Button>
        </Form>
      </div>
      <details>
        <summary className="ui-link w-fit cursor-pointer text-sm">{t('identity.passkeys.rename')}</summary>
        <Form method="post" className="ui-cluster mt-3 items-end">
          <input type="hidden" name="step" value="passkey-rename" />
          <input type="hidden" name="passkeyId" value={id} />
          <TextField name="name" label={t('identity.passkeys.name')} required maxLength={100} defaultValue={name} dir="auto" answer={undefined} />
          <SubmitButton look="secondary">{t('identity.account.save')}</SubmitButton>
        </Form>
      </details>
    </div>
  );
}

/** The device's own question, then the key is kept. */
function NewKey({ begun }: { begun: KeyOptions | undefined }) {
  const t = useT();
  const able = usePasskeys();
  const asking = useFetcher<KeyAnswer>();
  const keeping = useFetcher<KeyAnswer>();
  const [declined, setDeclined] = useState<KeyOptions>();
  const options = asking.data?.options ?? begun;
  const keep = useEffectEvent((response: string) => { void keeping.submit({ step: 'passkey-add', response }, { method: 'post' }); });
  useEffect(() => {
    if (options) void createKey(options).then((response) => (response === undefined ? setDeclined(options) : keep(response)));
  }, [options]);
  if (!able) return <p className="text-ink-soft">{t('identity.passkeys.unable')}</p>;
  const answer = asking.data?.problem ? asking.data : undefined;
  return (
    <>
      {keeping.data?.done === 'added' && <Notice tone="success" live>{t('identity.passkeys.added')}</Notice>}
      <ProblemSummary problem={keeping.data?.problem ?? answer?.problem} />
      {declined && declined === options && <Notice tone="warning" live>{t('identity.passkeys.declined')}</Notice>}
      <asking.Form method="post" className="mt-4">
        <input type="hidden" name="step" value="passkey-begin" />
        <SubmitButton look="secondary" className="self-start">{t('identity.passkeys.add')}</SubmitButton>
      </asking.Form>
    </>
  );
}
