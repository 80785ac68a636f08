/** The tenant's colour, checked as it is chosen, and a piece of a page in it by day and by night. */
import { Badge, Button, Checkbox, Field, Logo } from '@milpa/ui';
import { checkAccent, DEFAULT_ACCENT, deriveAccent } from '@milpa/ui/accent';
import { useState } from 'react';
import { useFormat, useT } from '../../i18n/index.ts';
import { useScripted } from '../../identity/fields.tsx';

export interface Look { name: string; tagline: string; logo: string | null }

export function ColourField({ accent, error, look }: { accent: string | null; error: string | undefined; look: Look }) {
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
        </div>
      </Field>
      <Check colour={shown} take={setColour} />
      <Checkbox name="houseColour" label={t('tenancy.settings.houseColour')} checked={!own} onChange={(event) => setOwn(!event.target.checked)} />
      <Previews colour={shown} look={look} />
    </div>
  );
}

/** How the colour can be told from both papers, and the nearest that can when it cannot. */
function Check({ colour, take }: { colour: string; take: (colour: string) => void }) {
  const t = useT();
  const format = useFormat();
  const scripted = useScripted();
  const { ok, ratioLight, ratioDark, suggestion } = checkAccent(colour);
  return (
    <div className="ui-stack ui-gap-s text-sm text-ink-soft">
      <p role="status">{ok ? t('tenancy.settings.colourReads') : t('tenancy.settings.colourAdapted')} {t('tenancy.settings.colourRatios', { day: format.number(ratioLight), night: format.number(ratioDark) })}</p>
      {!ok && (
        <p className="flex flex-wrap items-center gap-3">
          <svg viewBox="0 0 24 24" className="size-6 rounded-s" aria-hidden="true"><rect width="24" height="24" fill={suggestion} /></svg>
          <span>{t('tenancy.settings.colourNearest')} <code dir="ltr">{suggestion}</code></span>
          {scripted && <Button size="small" onClick={() => take(suggestion)}>{t('tenancy.settings.colourTake')}</Button>}
        </p>
      )}
    </div>
  );
}

/** Before scripts have run it has the colour of the page: the one that is saved. */
function Previews({ colour, look }: { colour: string; look: Look }) {
  const t = useT();
  const paint = (element: HTMLElement | null) => {
    for (const theme of ['day', 'night'] as const) {
      const { accent, ink, text, soft } = deriveAccent(colour, theme);
      for (const [name, value] of [['accent', accent], ['accent-ink', ink], ['accent-text', text], ['accent-soft', soft]]) element?.style.setProperty(`--${name}-${theme}`, value!);
    }
  };
  return (
    <div ref={paint} className="mt-2 grid gap-4 sm:grid-cols-2">
      {([['light', 'day'], ['dark', 'night']] as const).map(([theme, time]) => (
        <figure key={theme} className="min-w-0">
          <figcaption className="mb-1 text-sm text-ink-soft">{t(`tenancy.settings.${time}`)}</figcaption>
          <div data-theme={theme} inert aria-hidden="true" className="overflow-hidden rounded-m border border-line bg-paper text-ink">
            <p className="flex items-center gap-2 border-b border-line p-3 font-semibold">
              {look.logo ? <img src={look.logo} alt="" className="h-8 w-auto max-w-24 object-contain" /> : <Logo />}
              <bdi className="truncate">{look.name}</bdi>
            </p>
            <div className="ui-stack ui-gap-s p-4">
              {look.tagline && <p className="text-sm text-ink-soft"><bdi>{look.tagline}</bdi></p>}
              <p><Badge>{t('tenancy.settings.previewBadge')}</Badge></p>
              <p className="flex flex-wrap items-center gap-4">
                <span className="ui-button" data-look="primary" data-size="small">{t('tenancy.settings.previewButton')}</span>
                <span className="ui-link">{t('tenancy.settings.previewLink')}</span>
              </p>
            </div>
          </div>
        </figure>
      ))}
    </div>
  );
}
