/** Makes a search field a combobox: what somebody who types may mean, from the server. */
import { useEffect, useEffectEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { BookOpen, Search } from 'lucide-react';
import { coursePath } from './paths.ts';

interface Suggestions { courses: { slug: string; title: string; language: string }[]; words: string[] }
export interface SuggestionsProps { id: string; input: HTMLInputElement; label: string }

const none: Suggestions = { courses: [], words: [] };
/** Milliseconds without a key before the server is asked. */
const pause = 150;

export function Suggestions({ id, input, label }: SuggestionsProps) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(-1);
  const { courses, words } = useSuggestions(typed);
  const close = () => { setTyped(''); setActive(-1); };
  const options = [
    ...words.map((word) => ({ key: `word ${word}`, choose: () => search(input, word), shown: <><Search aria-hidden="true" /><bdi>{word}</bdi></> })),
    ...courses.map(({ slug, title, language }) => ({ key: slug, choose: () => { void navigate(coursePath(slug)); }, shown: <><BookOpen aria-hidden="true" /><bdi lang={language}>{title}</bdi></> })),
  ];
  const open = options.length > 0;

  // The field was there before this: it is told what it is now, and listened to.
  const onType = useEffectEvent(() => { setTyped(input.value); setActive(-1); });
  const onLeave = useEffectEvent(close);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) { event.preventDefault(); close(); }
    if (event.key === 'ArrowDown' && !open) setTyped(input.value);
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      // From the field to the first, from the last back to the field.
      setActive((active + (event.key === 'ArrowDown' ? 2 : options.length + 1)) % (options.length + 1) - 1);
    }
    if (event.key === 'Enter') {
      const chosen = open ? options[active] : undefined;
      close();
      if (chosen) { event.preventDefault(); chosen.choose(); }
    }
  });
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    input.addEventListener('input', () => onType(), { signal });
    input.addEventListener('keydown', (event) => onKey(event), { signal });
    input.addEventListener('blur', () => onLeave(), { signal });
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', id]] as const) input.setAttribute(name, value);
    return () => stop.abort();
  }, [id, input]);
  useEffect(() => {
    input.setAttribute('aria-expanded', String(open));
    if (open && active >= 0) input.setAttribute('aria-activedescendant', `${id}-${active}`);
    else input.removeAttribute('aria-activedescendant');
  }, [id, input, open, active]);

  return (
    <div id={id} role="listbox" aria-label={label} hidden={!open} className="absolute inset-x-0 top-full z-20 mt-1 overflow-clip rounded-(--round-m) border border-line bg-surface py-1 shadow-(--shadow-lift)">
      {options.map(({ key, choose, shown }, index) => (
        <div
          key={key} id={`${id}-${index}`} role="option" aria-selected={index === active} onPointerDown={(event) => { event.preventDefault(); close(); choose(); }}
          className="flex min-h-(--tap) cursor-pointer items-center gap-3 px-4 py-1.5 hover:bg-sunk aria-selected:bg-accent-soft [&>bdi]:truncate [&>svg]:flex-none [&>svg]:text-ink-faint"
        >
          {shown}
        </div>
      ))}
    </div>
  );
}

function search(input: HTMLInputElement, word: string): void {
  input.value = word;
  input.form?.requestSubmit();
}

/** What the server suggests for a text; the last that it said while it is being asked. */
function useSuggestions(typed: string): Suggestions {
  const [suggestions, setSuggestions] = useState(none);
  const asked = typed.trim().length < 2 ? '' : typed;
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
