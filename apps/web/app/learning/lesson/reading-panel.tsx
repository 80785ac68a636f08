/** How the lesson is set: a plain form, whose choices hold at once where there are scripts. */
import { Panel, Pick, Switch, SubmitButton } from '@milpa/ui';
import type { ReadingPreference } from '@milpa/learning/contract';
import type { FormEvent } from 'react';
import { useT } from '../../i18n/index.ts';
import { choices, cookieFor, preferenceFrom, readingPanel } from './reading.ts';

export const readingPath = '/learning/reading';

export function ReadingPanel({ value, back, onChange }: { value: ReadingPreference; back: string; onChange: (value: ReadingPreference) => void }) {
  const t = useT();
  const change = ({ currentTarget }: FormEvent<HTMLFormElement>) => {
    const form = new FormData(currentTarget);
    const preference = preferenceFrom((name) => form.get(name));
    onChange(preference);
    document.cookie = cookieFor(preference, location.protocol === 'https:');
    // Kept for other devices too, where there is a network.
    void fetch('/api/v1/reading-preference', { method: 'PUT', keepalive: true, headers: { 'content-type': 'application/json' }, body: JSON.stringify(preference) }).catch(() => {});
  };
  return (
    <Panel id={readingPanel} title={t('learning.reading.title')} closeLabel={t('learning.reading.close')}>
      <form method="post" action={readingPath} onChange={change} className="flex flex-col gap-4">
        <input type="hidden" name="back" value={back} />
        <Pick legend={t('learning.reading.size')} name="size" value={value.size} options={choices.size.map((each) => ({ value: each, label: t(`learning.reading.size.${each}`) }))} />
        <Pick legend={t('learning.reading.spacing')} name="spacing" value={value.spacing} options={choices.spacing.map((each) => ({ value: each, label: t(`learning.reading.spacing.${each}`) }))} />
        <Pick legend={t('learning.reading.measure')} name="measure" value={value.measure} options={choices.measure.map((each) => ({ value: each, label: t(`learning.reading.measure.${each}`) }))} />
        <Pick legend={t('learning.reading.ground')} name="ground" value={value.ground} options={choices.ground.map((each) => ({ value: each, label: t(`learning.reading.ground.${each}`) }))} />
        <Pick legend={t('learning.reading.font')} name="font" value={value.font} options={choices.font.map((each) => ({ value: each, label: t(`learning.reading.font.${each}`) }))} />
        <Switch name="justify" label={t('learning.reading.justify')} defaultChecked={value.justify} />
        <div className="ui-without-script"><SubmitButton>{t('learning.reading.keep')}</SubmitButton></div>
      </form>
    </Panel>
  );
}
