/** Where the text is: on the server, on its way, or on this device alone. */
import { TextLink } from '@milpa/ui';
import { Check, CloudOff, LoaderCircle, LogIn, TriangleAlert } from 'lucide-react';
import { useFormat, useT } from '../i18n/index.ts';
import type { Saving } from './autosave.ts';

export function SaveState({ state: { phase, savedAt, problem } }: { state: Saving<unknown> }) {
  const t = useT();
  const format = useFormat();
  const said = 'inline-flex items-center gap-2 text-sm';
  switch (phase) {
    case 'saved': return <p className={`${said} text-ink-soft`}><Check aria-hidden="true" className="text-leaf-text" />{savedAt ? t('authoring.save.savedAt', { time: format.time(savedAt) }) : t('authoring.save.saved')}</p>;
    case 'unsaved': case 'saving': return <p className={`${said} text-ink-soft`}><LoaderCircle aria-hidden="true" className="motion-safe:animate-spin" />{t('authoring.save.saving')}</p>;
    case 'offline': return <p role="status" className={`${said} text-maize-text`}><CloudOff aria-hidden="true" />{t('authoring.save.offline')}</p>;
    case 'signedOut': return <p role="status" className={`${said} text-maize-text`}><LogIn aria-hidden="true" /><span>{t('authoring.save.signedOut')} <TextLink href="/sign-in" target="_blank">{t('authoring.save.signIn')}</TextLink></span></p>;
    case 'refused': return <p role="alert" className={`${said} text-clay-text`}><TriangleAlert aria-hidden="true" />{problem?.fields?.[0]?.message ?? problem?.detail ?? problem?.title}</p>;
    case 'conflict': return <p role="status" className={`${said} text-maize-text`}><TriangleAlert aria-hidden="true" />{t('authoring.save.conflict')}</p>;
  }
}
