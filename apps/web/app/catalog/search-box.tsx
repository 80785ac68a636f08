/** The box that courses are searched in. A plain form; with a script it says, while somebody types, what they may mean. */
import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { Form, useNavigate, useSubmit } from 'react-router';
import { SubmitButton, TextInput } from '@milpa/ui';
import { BookOpen, Search } from 'lucide-react';
import { useT } from '../i18n/index.ts';
import { without, type Filters } from './filters.ts';
import { coursePath } from './paths.ts';

interface Suggestions { courses: { slug: string; title: string; language: string }[]; words: string[] }
const none: Suggestions = { courses: [], words: [] };
/** Milliseconds without a key before the server is asked. */
const pause = 150;

export function SearchBox({ filters }: { filters: Filters }) {
  const t = useT();
  const form = useRef<HTMLFormElement>(null);
  const list = useId();
  const submit = useSubmit();
  const navigate = useNavigate();
  const [q, setQ] = useState(filters.q ?? '');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const { courses, words } = useSuggestions(open ? q : '');
  const options = [
    ...words.map((word) => ({ id: `word ${word}`, choose: () => { setQ(word); void submit({ ...rest, q: word }, { action: '/courses' }); }, shown: <><Search aria-hidden="true" /><bdi>{word}</bdi></> })),
    ...courses.map(({ slug, title, language }) => ({ id: slug, choose: () => { void navigate(coursePath(slug)); }, shown: <><BookOpen aria-hidden="true" /><bdi lang={language}>{title}</bdi></> })),
  ];
  const rest = Object.fromEntries(Object.entries(without(filters, 'q', 'sort')).map(([name, value]) => [name, String(value)]));
  const shown = open && options.length > 0;
  const close = () => { setOpen(false); setActive(-1); };

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && shown) { event.preventDefault(); close(); }
    if (!shown && event.key === 'ArrowDown') setOpen(true);
    if (shown && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      // From the field to the first, from the last back to the field.
      setActive((active + (event.key === 'ArrowDown' ? 2 : options.length + 1)) % (options.length + 1) - 1);
    }
    if (event.key === 'Enter') {
      const chosen = options[active];
      if (shown && chosen) { event.preventDefault(); chosen.choose(); }
      close();
    }
  }
  const onBlur = (event: FocusEvent) => { if (!event.currentTarget.contains(event.relatedTarget)) close(); };

  return (
    <search>
      <Form ref={form} method="get" action="/courses" className="flex gap-2" onBlur={onBlur} onSubmit={close}>
        {Object.entries(rest).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <div className="relative min-w-0 flex-1">
          <Search aria-hidden="true" className="pointer-events-none absolute inset-y-0 start-4 z-1 my-auto text-ink-faint" />
          <TextInput
            type="search" name="q" value={q} maxLength={200} autoComplete="off" enterKeyHint="search" aria-label={t('catalog.search.label')} placeholder={t('catalog.search.placeholder')} className="ps-11"
            role="combobox" aria-autocomplete="list" aria-expanded={shown} aria-controls={list} aria-activedescendant={shown && active >= 0 ? `${list}-${active}` : undefined}
            onChange={(event) => { setQ(event.target.value); setOpen(true); setActive(-1); }} onKeyDown={onKeyDown}
          />
          <ul id={list} role="listbox" aria-label={t('catalog.search.suggestions')} hidden={!shown} className="absolute inset-x-0 top-full z-20 mt-1 overflow-clip rounded-(--round-m) border border-line bg-surface py-1 shadow-(--shadow-lift)">
            {options.map(({ id, choose, shown: content }, index) => (
              <li
                key={id} id={`${list}-${index}`} role="option" aria-selected={index === active} onPointerDown={(event) => { event.preventDefault(); choose(); close(); }}
                className="flex min-h-(--tap) cursor-pointer items-center gap-3 px-4 py-1.5 hover:bg-sunk aria-selected:bg-accent-soft [&>bdi]:truncate [&>svg]:flex-none [&>svg]:text-ink-faint"
              >
                {content}
              </li>
            ))}
          </ul>
        </div>
        <SubmitButton>{t('catalog.search.submit')}</SubmitButton>
      </Form>
    </search>
  );
}

/** What the server suggests for a text; the last that it said while it is being asked. */
function useSuggestions(q: string): Suggestions {
  const [suggestions, setSuggestions] = useState(none);
  const asked = q.trim().length < 2 ? '' : q;
  useEffect(() => {
    if (asked === '') return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      fetch(`/api/v1/course-suggestions?${new URLSearchParams({ q: asked })}`, { signal: stop.signal })
        .then(async (answer) => { setSuggestions(answer.ok ? await answer.json() as Suggestions : none); })
        // Who types faster than the network, or has none, searches without suggestions.
        .catch(() => {});
    }, pause);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [asked]);
  return asked === '' ? none : suggestions;
}
