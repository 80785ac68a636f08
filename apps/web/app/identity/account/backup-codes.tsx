import { Button, LinkButton, Notice } from '@milpa/ui';
import { Copy, Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/index.ts';
import { useScripted } from '../fields.tsx';

/** The only time that these codes are seen: to copy, print or save. Saving works without scripts. */
export function BackupCodes({ codes }: { codes: string[] }) {
  const t = useT();
  const scripted = useScripted();
  const [copied, setCopied] = useState(false);
  const text = codes.join('\n');
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="ui-stack">
      <Notice tone="warning">{t('identity.codes.once')}</Notice>
      <ul dir="ltr" className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-m bg-sunk p-4 font-mono text-lg sm:grid-cols-3">
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <div className="ui-cluster ui-gap-s">
        <LinkButton href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download="milpa-codes.txt" icon={<Download aria-hidden="true" />}>{t('identity.codes.save')}</LinkButton>
        {scripted && <Button icon={<Copy aria-hidden="true" />} onClick={() => void copy()}>{t('identity.codes.copy')}</Button>}
        {scripted && <Button icon={<Printer aria-hidden="true" />} onClick={() => window.print()}>{t('identity.codes.print')}</Button>}
        <span role="status" className="text-sm text-leaf-text">{copied && t('identity.codes.copied')}</span>
      </div>
    </div>
  );
}
