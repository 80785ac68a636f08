/** One domain: how it stands, what to do until it works, and what name servers said. */
import { useState, type ReactNode } from 'react';
import { Form } from 'react-router';
import { Badge, Button, Card, IconButton, Notice, SubmitButton, TextLink } from '@milpa/ui';
import type { Domain } from '@milpa/tenancy/contract';
import { Check, Copy, Hourglass, Trash2, X } from 'lucide-react';
import { useFormat, useT } from '../../i18n/index.ts';
import { useScripted } from '../../identity/fields.tsx';

interface Props { domain: Domain & { address: string }; now: string; mayUpdate: boolean; /** It was just looked up. */ looked: boolean }

/** A name within a sentence of any direction: it may begin with a sign that belongs to neither. */
const ltr = (name: string): string => `\u2066${name}\u2069`;

/** Kinds of records, as every provider calls them. */
const [txt, cname, a, aaaa] = ['TXT', 'CNAME', 'A', 'AAAA'];

export function DomainCard({ domain, now, mayUpdate, looked }: Props) {
  const t = useT();
  const format = useFormat();
  const { host, address, verifiedAt, arrives, primary, stopsAt, expiresAt } = domain;
  const works = verifiedAt !== null && arrives && stopsAt === null;
  return (
    <Card id={host}>
      <div className="ui-stack">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="min-w-0 flex-1 text-lg break-all" dir="ltr">{works ? <TextLink href={address}>{host}</TextLink> : host}</h2>
          {primary && <Badge tone="night">{t('tenancy.ownDomains.main')}</Badge>}
          <Badge tone={works ? 'leaf' : stopsAt ? 'clay' : 'maize'}>{t(`tenancy.ownDomains.state.${works ? 'works' : stopsAt ? 'missing' : verifiedAt ? 'elsewhere' : 'waiting'}`)}</Badge>
        </div>
        {stopsAt && <Notice tone="warning" title={t('tenancy.ownDomains.stops', { date: format.date(stopsAt, 'long') })}>{t('tenancy.ownDomains.stopsWhy')}</Notice>}
        {!works && <Instructions domain={domain} />}
        <Findings domain={domain} now={now} looked={looked} />
        {expiresAt && <p className="text-sm text-ink-soft">{t('tenancy.ownDomains.again', { date: format.date(expiresAt, 'long') })}</p>}
        {mayUpdate && <Deeds domain={domain} works={works} />}
      </div>
    </Card>
  );
}

/** What to set where the name was bought; what is there already needs no more words. */
function Instructions({ domain: { record, target, host, verifiedAt, arrives, stopsAt } }: Pick<Props, 'domain'>) {
  const t = useT();
  const [first = ''] = host.split('.');
  const isBare = host.split('.').length === 2;
  return (
    <ol className="ui-stack list-decimal ps-6">
      <li>{t('tenancy.ownDomains.step.provider')}</li>
      {(verifiedAt === null || stopsAt) && (
        <li>
          <p>{t('tenancy.ownDomains.step.txt')}</p>
          <Record kind={txt} name={record.name} value={record.value} />
          <p className="mt-2 text-sm text-ink-soft">{t('tenancy.ownDomains.step.short', { short: ltr(isBare ? '_milpa' : `_milpa.${first}`), name: ltr(record.name) })}</p>
        </li>
      )}
      {!arrives && (
        <li>
          <p>{t('tenancy.ownDomains.step.traffic')}</p>
          {!isBare && <Record kind={cname} name={host} value={target.alias} />}
          {target.addresses.length > 0 && (isBare || (
            <p className="mt-3 text-sm text-ink-soft">{t('tenancy.ownDomains.step.or')}</p>
          ))}
          {target.addresses.map((address) => <Record key={address} kind={address.includes(':') ? aaaa : a} name={host} value={address} />)}
          {isBare && target.addresses.length === 0 && <><Record kind={cname} name={host} value={target.alias} /><p className="mt-2 text-sm text-ink-soft">{t('tenancy.ownDomains.step.bare', { host: ltr(host) })}</p></>}
        </li>
      )}
      <li>{t('tenancy.ownDomains.step.wait')}</li>
    </ol>
  );
}

function Record({ kind, name, value }: { kind: string | undefined; name: string; value: string }) {
  const t = useT();
  return (
    <dl className="mt-2 grid gap-x-4 gap-y-1 rounded-m bg-sunk p-3 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
      <dt className="self-center text-ink-soft">{t('tenancy.ownDomains.record.type')}</dt><dd dir="ltr" className="text-start font-mono">{kind}</dd>
      <dt className="self-center text-ink-soft">{t('tenancy.ownDomains.record.name')}</dt><dd><Copyable what={t('tenancy.ownDomains.record.name')} text={name} /></dd>
      <dt className="self-center text-ink-soft">{t('tenancy.ownDomains.record.value')}</dt><dd><Copyable what={t('tenancy.ownDomains.record.value')} text={value} /></dd>
    </dl>
  );
}

/** A text to take along; without scripts it is marked by hand. */
function Copyable({ what, text }: { what: string; text: string }) {
  const t = useT();
  const scripted = useScripted();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <span className="flex items-center gap-2">
      <code dir="ltr" className="min-w-0 flex-1 break-all select-all text-start">{text}</code>
      {scripted && <IconButton type="button" label={t('tenancy.ownDomains.copy', { what, text })} onClick={() => void copy().catch(() => {})}>{copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}</IconButton>}
      <span role="status" className="sr-only">{copied && t('tenancy.ownDomains.copied')}</span>
    </span>
  );
}

/** In words: what should be there, and what is there instead. */
function Findings({ domain, now, looked }: Pick<Props, 'domain' | 'now' | 'looked'>) {
  const t = useT();
  const format = useFormat();
  const { verifiedAt, stopsAt, arrives, checkedAt, found, record, target, host } = domain;
  if (checkedAt === null) return null;
  const proven = verifiedAt !== null && stopsAt === null;
  return (
    <div className="rounded-m border border-line p-3" role={looked ? 'status' : undefined}>
      <h3 className="mb-2 text-sm text-ink-soft">{t('tenancy.ownDomains.lastLook', { when: format.relative(checkedAt, now) })}</h3>
      {found === null ? <Finding tone="waiting">{t('tenancy.ownDomains.silence')}</Finding> : (
        <ul className="ui-stack ui-gap-s">
          <Finding tone={proven ? 'right' : 'wrong'}>
            {proven ? t('tenancy.ownDomains.txt.right')
              : found.elsewhere ? t('tenancy.ownDomains.txt.elsewhere', { elsewhere: ltr(found.elsewhere), name: ltr(record.name) })
                : found.texts.length > 0 ? <>{t('tenancy.ownDomains.txt.other', { name: ltr(record.name) })} <Values values={found.texts} /></>
                  : t('tenancy.ownDomains.txt.none', { name: ltr(record.name) })}
          </Finding>
          <Finding tone={arrives ? 'right' : 'wrong'}>
            {arrives ? t('tenancy.ownDomains.traffic.right')
              : found.aliases.length + found.addresses.length > 0
                ? <>{t('tenancy.ownDomains.traffic.other', { host: ltr(host), alias: ltr(target.alias) })} <Values values={found.aliases.length > 0 ? found.aliases : found.addresses} /></>
                : t('tenancy.ownDomains.traffic.none', { host: ltr(host) })}
          </Finding>
        </ul>
      )}
    </div>
  );
}

const marks = { right: <Check aria-hidden="true" className="mt-1 flex-none text-leaf-text" />, wrong: <X aria-hidden="true" className="mt-1 flex-none text-clay-text" />, waiting: <Hourglass aria-hidden="true" className="mt-1 flex-none text-maize-text" /> };
function Finding({ tone, children }: { tone: keyof typeof marks; children: ReactNode }) {
  const Item = tone === 'waiting' ? 'p' : 'li';
  return <Item className="flex items-start gap-2">{marks[tone]}<span className="min-w-0">{children}</span></Item>;
}
const Values = ({ values }: { values: readonly string[] }) => values.map((value) => <code key={value} dir="ltr" className="me-2 inline-block max-w-full rounded-s bg-sunk px-1 break-words">{value}</code>);

/** What may be done with it; removing says before what it means. */
function Deeds({ domain: { host, address, verifiedAt, primary, arrives, stopsAt }, works }: Pick<Props, 'domain'> & { works: boolean }) {
  const t = useT();
  const mayBeMain = verifiedAt !== null && stopsAt === null && !primary;
  return (
    <div className="ui-stack ui-gap-s">
      <Form method="post" className="flex flex-wrap gap-3" preventScrollReset>
        <input type="hidden" name="host" value={host} />
        <SubmitButton look={works ? 'secondary' : 'primary'} name="step" value="check">{t('tenancy.ownDomains.check')}</SubmitButton>
        {mayBeMain && arrives && <SubmitButton look="secondary" name="step" value="primary">{t('tenancy.ownDomains.makeMain')}</SubmitButton>}
      </Form>
      {mayBeMain && !arrives && <p className="text-sm text-ink-soft">{t('tenancy.ownDomains.proxied')} <TextLink href={`${address}/admin/domains`}><bdi dir="ltr">{host}</bdi></TextLink></p>}
      {mayBeMain && arrives && <p className="text-sm text-ink-soft">{t('tenancy.ownDomains.mainMeans')}</p>}
      <details>
        <summary className="inline-flex min-h-(--tap) cursor-pointer items-center gap-2 text-sm text-ink-soft"><Trash2 aria-hidden="true" className="flex-none" /><span className="underline">{t('tenancy.domains.removeOne', { host: ltr(host) })}</span></summary>
        <Form method="post" className="mt-2">
          <input type="hidden" name="host" value={host} />
          <p className="mb-3">{t(verifiedAt ? 'tenancy.ownDomains.removeMeans' : 'tenancy.ownDomains.forgetMeans', { host: ltr(host) })}</p>
          <Button type="submit" look="danger" name="step" value="remove">{t('tenancy.domains.remove')}</Button>
        </Form>
      </details>
    </div>
  );
}
