/** Passkeys in the browser, which reads and writes the JSON of WebAuthn itself. Where it cannot, nothing is offered. */
import { Button } from '@milpa/ui';
import { KeyRound } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useT } from '../i18n/index.ts';
import { KeptForm } from './kept-form.tsx';

const never = () => () => {};

/** Whether this browser can make and use passkeys here; not before scripts have run. */
export const usePasskeys = (): boolean =>
  useSyncExternalStore(never, () => typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential, () => false);

/** Options as the API gives them. */
export type KeyOptions = { challenge: string } & Record<string, unknown>;

/** Asks the browser for a new key. Undefined when the person thought better of it. */
export async function createKey(options: KeyOptions): Promise<string | undefined> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never);
  return written(await navigator.credentials.create({ publicKey }).catch(() => null));
}

async function askForKey(options: KeyOptions, request: Omit<CredentialRequestOptions, 'publicKey'>): Promise<string | undefined> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never);
  return written(await navigator.credentials.get({ publicKey, ...request }).catch(() => null));
}

const written = (credential: Credential | null) => (credential ? JSON.stringify((credential as PublicKeyCredential).toJSON()) : undefined);

/** Signs in by a button and, under the field for the address, from the browser's own list of keys. */
export function PasskeySignIn({ options, kept }: { options: KeyOptions | null; kept: string | undefined }) {
  const t = useT();
  const able = usePasskeys() && options !== null;
  const form = useRef<HTMLFormElement>(null);
  const listening = useRef<AbortController>(null);
  const [failed, setFailed] = useState(false);
  const send = useCallback((key: string) => {
    const [passkey, remember] = form.current!.querySelectorAll('input');
    passkey!.value = key;
    remember!.value = document.querySelector<HTMLInputElement>('input[type=checkbox][name=remember]')?.checked === false ? '' : 'on';
    form.current!.requestSubmit();
  }, []);
  useEffect(() => {
    if (!able) return;
    const abort = listening.current = new AbortController();
    void PublicKeyCredential.isConditionalMediationAvailable?.().then(async (available) => {
      const key = available && !abort.signal.aborted ? await askForKey(options, { mediation: 'conditional', signal: abort.signal }) : undefined;
      if (key !== undefined) send(key);
    });
    return () => abort.abort();
  }, [able, options, send]);
  if (!able) return null;
  const press = async () => {
    listening.current?.abort();
    const key = await askForKey(options, {});
    if (key === undefined) setFailed(true);
    else send(key);
  };
  return (
    <form method="post" ref={form} className="ui-stack">
      <input type="hidden" name="passkey" />
      <input type="hidden" name="remember" />
      <KeptForm value={kept} />
      <Button wide size="large" icon={<KeyRound aria-hidden="true" />} onClick={() => void press()}>{t('identity.passkey.use')}</Button>
      <p role="status" className="text-sm text-ink-soft">{failed && t('identity.passkey.none')}</p>
    </form>
  );
}

/** Confirms by a key that it is who is signed in. */
export function PasskeyConfirm({ options, kept }: { options: KeyOptions; kept: string | undefined }) {
  const t = useT();
  const able = usePasskeys();
  const form = useRef<HTMLFormElement>(null);
  const [failed, setFailed] = useState(false);
  if (!able) return null;
  const press = async () => {
    const key = await askForKey(options, {});
    setFailed(key === undefined);
    if (key === undefined) return;
    form.current!.querySelector('input')!.value = key;
    form.current!.requestSubmit();
  };
  return (
    <form method="post" ref={form} className="ui-stack">
      <input type="hidden" name="passkey" />
      <input type="hidden" name="proof" value="passkey" />
      <KeptForm value={kept} />
      <Button wide size="large" icon={<KeyRound aria-hidden="true" />} onClick={() => void press()}>{t('identity.confirm.byPasskey')}</Button>
      <p role="status" className="text-sm text-ink-soft">{failed && t('identity.confirm.noPasskey')}</p>
    </form>
  );
}
