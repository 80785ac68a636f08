/** What a list may be narrowed to: every value with how many courses it leaves, as a link, so that each choice shows at once and has an address. */
import { Anchor, Button, IconButton, VisuallyHidden } from '@milpa/ui';
import { SlidersHorizontal, Star, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormat, useT } from '../i18n/index.ts';
import { toggled, type FilterName, type Filters } from './filters.ts';
import { PriceRange } from './facts.tsx';

const sheetId = 'filters';

interface Counted<V> { value: V; count: number }
export interface Facets {
  total: number;
  categories: (Counted<string> & { label: string; depth: number })[];
  level: Counted<NonNullable<Filters['level']>>[];
  languages: (Counted<string> & { label: string })[];
  price: Counted<string>[];
  duration: Counted<NonNullable<Filters['duration']>>[];
  rating: Counted<number>[];
}

/** Where there is no room for the column: opens it as a sheet. */
export function FilterButton() {
  const t = useT();
  return <Button popoverTarget={sheetId} icon={<SlidersHorizontal aria-hidden="true" />} className="lg:hidden">{t('catalog.filter.open')}</Button>;
}

/** A column on a desk; on a phone a sheet that the browser itself opens. */
export function FilterPanel({ filters, facets, currency }: { filters: Filters; facets: Facets; currency: string }) {
  const t = useT();
  return (
    <aside id={sheetId} popover="auto" aria-label={t('catalog.filter.title')} className="ui-sheet lg:static lg:block lg:max-h-none lg:overflow-visible lg:rounded-none lg:bg-transparent lg:p-0 lg:shadow-none">
      <div className="mb-2 flex items-center justify-between ps-2 lg:hidden">
        <p className="text-lg font-semibold">{t('catalog.filter.title')}</p>
        <IconButton label={t('catalog.filter.close')} popoverTarget={sheetId} popoverTargetAction="hide"><X aria-hidden="true" /></IconButton>
      </div>
      <div className="flex flex-col gap-6 px-2 lg:px-0">
        <Facet name="category" label={t('catalog.field.category')} filters={filters} values={facets.categories} show={({ label }) => label} />
        <Facet name="level" label={t('catalog.field.level')} filters={filters} values={facets.level} show={({ value }) => t(`catalog.level.${value}`)} />
        <Facet name="language" label={t('catalog.field.language')} filters={filters} values={facets.languages} show={({ label }) => label} />
        <Facet name="price" label={t('catalog.field.price')} filters={filters} values={facets.price} show={({ value }) => <PriceRange price={value} currency={currency} />} />
        <Facet name="duration" label={t('catalog.field.duration')} filters={filters} values={facets.duration} show={({ value }) => t(`catalog.durationBand.${value}`)} />
        <Facet name="rating" label={t('catalog.field.rating')} filters={filters} values={facets.rating} show={({ value }) => <AtLeast stars={value} />} />
      </div>
    </aside>
  );
}

interface FacetProps<N extends FilterName, V> { name: N; label: string; filters: Filters; values: V[]; show: (value: V) => ReactNode }

/** A facet of one value that every course has narrows nothing, and is left out. */
function Facet<N extends FilterName, V extends Counted<NonNullable<Filters[N]>> & { depth?: number }>({ name, label, filters, values, show }: FacetProps<N, V>) {
  const format = useFormat();
  const t = useT();
  if (values.length < 2 && filters[name] === undefined) return null;
  return (
    <nav aria-label={label}>
      <h2 className="mb-1 text-base font-semibold">{label}</h2>
      <ul>
        {values.map((value) => {
          const chosen = filters[name] === value.value;
          return (
            <li key={String(value.value)} data-depth={Math.min(value.depth ?? 0, 3)} className="data-[depth='1']:ps-3 data-[depth='2']:ps-6 data-[depth='3']:ps-9">
              <Anchor
                href={toggled(filters, name, value.value)} aria-current={chosen || undefined} rel="nofollow"
                className="-mx-2 flex min-h-(--tap) items-center gap-2 rounded-(--round-m) px-2 text-ink no-underline hover:bg-sunk aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text"
              >
                <bdi className="min-w-0 flex-1 break-words">{show(value)}</bdi>
                <span aria-hidden="true" className="text-sm text-ink-faint tabular-nums">{chosen ? <X /> : format.number(value.count)}</span>
                <VisuallyHidden>{chosen ? t('catalog.filter.chosen') : t('catalog.filter.count', { n: value.count })}</VisuallyHidden>
              </Anchor>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

export function AtLeast({ stars }: { stars: number }) {
  const t = useT();
  const format = useFormat();
  return <span className="inline-flex items-center gap-1.5"><Star aria-hidden="true" className="fill-maize text-maize-text" />{t('catalog.rating.atLeast', { stars: format.number(stars) })}</span>;
}
