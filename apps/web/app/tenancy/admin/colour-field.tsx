/** The tenant's colour, with what becomes of it in daylight and at night. */
import { Checkbox, Field } from '@milpa/ui';
import { checkAccent, DEFAULT_ACCENT, deriveAccent, type Theme } from '@milpa/ui/accent';
import { useState } from 'react';
import { useT } from '../../i18n/index.ts';

const grounds = { day: '#fbf7ee', night: '#121a27' } as const;

export function ColourField({ accent, error }: { accent: string | null; error: string | undefined }) {
  const t = useT();
  const [colour, setColour] = useState(accent ?? DEFAULT_ACCENT);
  const [own, setOwn] = useState(accent !== null);
  const shown = own ? colour : DEFAULT_ACCENT;
  return (
    <div className="ui-stack ui-gap-s">
      <Field id="body.accent" label={t('tenancy.settings.colour')} hint={t('tenancy.settings.colourHint')} {...(error && { error })}>
        <div className="flex flex-wrap items-center gap-4">
          <input
            id="body.accent" type="color" name="accent" value={colour} className="h-12 w-20 rounded-m border border-line-strong bg-surface p-1"
            onChange={(event) => { setColour(event.target.value); setOwn(true); }}
          />
          <code dir="ltr">{shown}</code>
          <div className="flex gap-2"><Sample colour={shown} theme="day" /><Sample colour={shown} theme="night" /></div>
        </div>
      </Field>
      <p role="status" className="text-sm text-ink-soft">{checkAccent(shown).ok ? t('tenancy.settings.colourReads') : t('tenancy.settings.colourAdapted')}</p>
      <Checkbox name="houseColour" label={t('tenancy.settings.houseColour')} checked={!own} onChange={(event) => setOwn(!event.target.checked)} />
    </div>
  );
}

/** A label on the colour, as a button would have it. */
function Sample({ colour, theme }: { colour: string; theme: Theme }) {
  const t = useT();
  const { accent, ink } = deriveAccent(colour, theme);
  return (
    <svg viewBox="0 0 120 56" className="h-14 w-30 rounded-m border border-line" aria-hidden="true">
      <rect width="120" height="56" fill={grounds[theme]} />
      <rect x="16" y="13" width="88" height="30" rx="8" fill={accent} />
      <text x="60" y="33" textAnchor="middle" fontSize="13" fontWeight="500" fill={ink}>{theme === 'day' ? t('tenancy.settings.day') : t('tenancy.settings.night')}</text>
    </svg>
  );
}
