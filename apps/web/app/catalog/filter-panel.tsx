/** The catalogue's form. It is sent by GET, so that what was found can be shared; the search box belongs to it from afar. */
import { Form } from 'react-router';
import { Button, Field, Fieldset, IconButton, Radio, Select, SubmitButton, TextInput } from '@milpa/ui';
import { Search, SlidersHorizontal, X } from 'lucide-react';
import { useT } from '../i18n/index.ts';
import type { Filters } from './filters.ts';
import type { NamedLanguage } from './language.ts';

const formId = 'catalogue';
const sheetId = 'filters';

export function SearchBar({ q }: { q: string | undefined }) {
  const t = useT();
  return (
    <search className="flex gap-2">
      <div className="relative min-w-0 flex-1">
        <Search aria-hidden="true" className="pointer-events-none absolute inset-y-0 start-4 my-auto text-ink-faint" />
        <TextInput form={formId} type="search" name="q" defaultValue={q} maxLength={200} aria-label={t('catalog.search.label')} placeholder={t('catalog.search.placeholder')} className="ps-11" />
      </div>
      <SubmitButton form={formId}>{t('catalog.search.submit')}</SubmitButton>
    </search>
  );
}

interface FilterPanelProps {
  filters: Filters;
  categories: { slug: string; label: string }[];
  languages: NamedLanguage[];
}

/** A column on a desk; on a phone a sheet that the browser itself opens. */
export function FilterPanel({ filters, categories, languages }: FilterPanelProps) {
  const t = useT();
  const any = t('catalog.filter.any');
  return (
    <div>
      <Button popoverTarget={sheetId} icon={<SlidersHorizontal aria-hidden="true" />} className="lg:hidden">{t('catalog.filter.open')}</Button>
      <aside id={sheetId} popover="auto" aria-label={t('catalog.filter.title')} className="ui-sheet lg:static lg:block lg:max-h-none lg:overflow-visible lg:rounded-none lg:bg-transparent lg:p-0 lg:shadow-none">
        <div className="mb-2 flex items-center justify-between ps-2 lg:hidden">
          <p className="text-lg font-semibold">{t('catalog.filter.title')}</p>
          <IconButton label={t('catalog.filter.close')} popoverTarget={sheetId} popoverTargetAction="hide"><X aria-hidden="true" /></IconButton>
        </div>
        <Form id={formId} method="get" action="/courses" onSubmit={closeSheet} className="flex flex-col gap-5 px-2 lg:px-0">
          {categories.length > 0 && (
            <Field label={t('catalog.field.category')}>
              <Select name="category" defaultValue={filters.category ?? ''}>
                <option value="">{any}</option>
                {categories.map(({ slug, label }) => <option key={slug} value={slug}>{label}</option>)}
              </Select>
            </Field>
          )}
          <Field label={t('catalog.field.level')}>
            <Select name="level" defaultValue={filters.level ?? ''}>
              <option value="">{any}</option>
              <LevelOptions />
            </Select>
          </Field>
          <Field label={t('catalog.field.language')}>
            <Select name="language" defaultValue={filters.language ?? ''}>
              <option value="">{any}</option>
              {languages.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
            </Select>
          </Field>
          <Fieldset label={t('catalog.field.price')}>
            <Radio name="price" value="" defaultChecked={!filters.price} label={any} />
            <Radio name="price" value="free" defaultChecked={filters.price === 'free'} label={t('catalog.price.free')} />
            <Radio name="price" value="paid" defaultChecked={filters.price === 'paid'} label={t('catalog.price.paid')} />
          </Fieldset>
          <Field label={t('catalog.field.sort')}>
            <Select name="sort" defaultValue={filters.sort ?? 'newest'}>
              <option value="newest">{t('catalog.sort.newest')}</option>
              <option value="title">{t('catalog.sort.title')}</option>
            </Select>
          </Field>
          {filters.tag && <input type="hidden" name="tag" value={filters.tag} />}
          <Button type="submit" wide>{t('catalog.filter.apply')}</Button>
        </Form>
      </aside>
    </div>
  );
}

const closeSheet = () => document.getElementById(sheetId)?.hidePopover?.();

/** The levels of courses, for a select. */
export function LevelOptions() {
  const t = useT();
  return (['all', 'beginner', 'intermediate', 'advanced'] as const).map((level) => <option key={level} value={level}>{t(`catalog.level.${level}`)}</option>);
}
