import { LinkButton, SubmitButton, TextLink } from '@milpa/ui';
import type { ReactNode } from 'react';
import { useT } from '../i18n/index.ts';
import { AuthFrame } from './auth-frame.tsx';

/** A mail is on its way: what to do now. Says the same whether or not the address has an account. */
export function LookIntoMail({ email, text, mailHere, children }: { email: string; text: string; mailHere: boolean; children?: ReactNode }) {
  const t = useT();
  return (
    <AuthFrame
      title={t('identity.mail.title')}
      lead={text}
      after={<TextLink href="/sign-in">{t('identity.mail.backToSignIn')}</TextLink>}
    >
      {children}
      <p className="text-ink-soft">{t('identity.mail.to', { email, address: (chunks) => <bdi key="address" className="font-medium text-ink">{chunks}</bdi> })}</p>
      <p className="text-ink-soft">{t('identity.mail.notThere')}</p>
      {mailHere && <LinkButton href="/dev/mail" look="primary" size="large" wide target="_blank">{t('identity.mail.readHere')}</LinkButton>}
      <form method="post">
        <input type="hidden" name="email" value={email} />
        <SubmitButton look="secondary" wide name="resend" value="yes">{t('identity.mail.sendAgain')}</SubmitButton>
      </form>
    </AuthFrame>
  );
}
