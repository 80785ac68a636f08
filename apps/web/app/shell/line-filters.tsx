/** Which lines of a list to show: all, or those of one kind, with how many there are. */
import { Anchor } from '@milpa/ui';
import { useFormat } from '../i18n/index.ts';

interface Kind { name: string; label: string; count: number }

export function LineFilters({ label, base, chosen, all, kinds }: { label: string; base: string; chosen: string | undefined; all: Omit<Kind, 'name'>; kinds: readonly Kind[] }) {
  return (
    <nav aria-label={label}>
      <ul className="ui-cluster ui-gap-s">
        <li><Filter href={base} current={!chosen} {...all} /></li>
        {kinds.map(({ name, ...kind }) => <li key={name}><Filter href={`${base}?kind=${name}`} current={chosen === name} {...kind} /></li>)}
      </ul>
    </nav>
  );
}

function Filter({ href, current, label, count }: Omit<Kind, 'name'> & { href: string; current: boolean }) {
  const format = useFormat();
  return <Anchor href={href} aria-current={current ? 'page' : undefined} className="inline-flex min-h-(--tap) items-center gap-2 rounded-(--round-l) border border-line px-4 no-underline aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-medium">{label} <span className="text-ink-soft tabular-nums">{format.number(count)}</span></Anchor>;
}
