/** The box that courses are searched in: a plain form. Who begins to type gets suggestions, which nobody else has to load. */
import { useId, useState, type ComponentType } from 'react';
import { Form } from 'react-router';
import { SubmitButton } from '@milpa/ui';
import { Search } from 'lucide-react';
import { useT } from '../i18n/index.ts';
import { without, type Filters } from './filters.ts';
import type { SuggestionsProps } from './suggestions.tsx';

export function SearchBox({ filters }: { filters: Filters }) {
  const t = useT();
  const listId = useId();
  const [input, setInput] = useState<HTMLInputElement | null>(null);
  const [Suggestions, setSuggestions] = useState<ComponentType<SuggestionsProps> | null>(null);
  const begin = (target: HTMLInputElement) => {
    setInput(target);
    // Where the network has gone, a search still does without them.
    if (!Suggestions) import('./suggestions.tsx').then((loaded) => setSuggestions(() => loaded.Suggestions), () => {});
  };
  return (
    <search>
      <Form method="get" action="/courses" className="flex gap-2">
        {Object.entries(without(filters, 'q', 'sort')).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <div className="relative min-w-0 flex-1">
          <Search aria-hidden="true" className="pointer-events-none absolute inset-y-0 start-4 z-1 my-auto text-ink-faint" />
          <input
            type="search" name="q" defaultValue={filters.q} maxLength={200} autoComplete="off" enterKeyHint="search" aria-label={t('catalog.search.label')} placeholder={t('catalog.search.placeholder')} className="ui-input ps-11"
            onFocus={(event) => begin(event.currentTarget)}
          />
          {Suggestions && input && <Suggestions id={listId} input={input} label={t('catalog.search.suggestions')} />}
        </div>
        <SubmitButton>{t('catalog.search.submit')}</SubmitButton>
      </Form>
    </search>
  );
}
