/** The fields that describe a course, for making one and for changing it. */
import { Field, Fieldset, Select, TextArea, TextInput } from '@milpa/ui';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { useT } from '../i18n/index.ts';
import { fieldError } from '../shell/problem.tsx';
import { LevelOptions, useSells } from '../catalog/facts.tsx';
import { directionOf, type NamedLanguage } from '../catalog/language.ts';
import { RichText } from './editor/rich-text.tsx';
import './authoring.css';

/** What the form holds, as typed. */
export interface CourseForm { posterId: string; posterAlt: string; title: string; summary: string; language: string; level: string; categoryId: string; tags: string; price: string; descriptionHtml: string }
export interface CourseChoices { categories: { id: string; label: string }[]; languages: NamedLanguage[]; currency: string }

interface CourseFieldsProps extends CourseChoices {
  values: CourseForm;
  problem: ProblemDocument | undefined;
  /** With what is easier to say once the course stands. */
  course?: { id: string; pictures: { fileId: string; name: string; address: string }[] };
}

export function CourseFields({ values, problem, categories, languages, currency, course }: CourseFieldsProps) {
  const t = useT();
  const sells = useSells();
  const wired = (path: string) => ({ id: `body.${path}`, error: fieldError(problem, `body.${path}`) });
  return (
    <>
      <Field label={t('authoring.field.title')} {...wired('title')} required><TextInput name="title" defaultValue={values.title} maxLength={200} dir="auto" autoComplete="off" /></Field>
      <Field label={t('authoring.field.summary')} hint={t('authoring.field.summaryHint')} {...wired('summary')}><TextArea name="summary" defaultValue={values.summary} maxLength={500} rows={3} dir="auto" /></Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('catalog.field.language')} hint={t('authoring.field.languageHint')} {...wired('language')} required>
          <Select name="language" defaultValue={values.language}>{languages.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</Select>
        </Field>
        <Field label={t('catalog.field.level')} hint={t('authoring.field.levelHint')} {...wired('level')}><Select name="level" defaultValue={values.level}><LevelOptions /></Select></Field>
        {categories.length > 0 && (
          <Field label={t('catalog.field.category')} {...wired('categoryId')}>
            <Select name="categoryId" defaultValue={values.categoryId}>
              <option value="">{t('authoring.field.noCategory')}</option>
              {categories.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
            </Select>
          </Field>
        )}
        {course && (sells || values.price !== '') && (
          <Field label={t('authoring.field.priceIn', { currency })} hint={t('authoring.field.priceHint')} id="body.price.amount" error={fieldError(problem, 'body.price.amount') ?? fieldError(problem, 'body.price')}>
            <TextInput name="price" defaultValue={values.price} inputMode="decimal" dir="ltr" autoComplete="off" className="text-end" />
          </Field>
        )}
      </div>
      {course && (
        <>
          <Field label={t('catalog.field.tags')} hint={t('authoring.field.tagsHint')} {...wired('tags')}><TextInput name="tags" defaultValue={values.tags} dir="auto" autoComplete="off" /></Field>
          <div className="ui-field">
            <span className="ui-label">{t('authoring.field.description')}</span>
            <RichText name="descriptionHtml" label={t('authoring.field.description')} html={values.descriptionHtml} language={values.language} direction={directionOf(values.language)} courseId={course.id} />
          </div>
          <Poster pictures={course.pictures} values={values} error={fieldError(problem, 'body.poster.alt')} />
        </>
      )}
    </>
  );
}

/** The picture in the catalogue, of those that the course has, and what it shows. */
function Poster({ pictures, values, error }: { pictures: { fileId: string; name: string; address: string }[]; values: CourseForm; error: string | undefined }) {
  const t = useT();
  return (
    <Fieldset label={t('authoring.poster')} hint={t(pictures.length > 0 ? 'authoring.poster.hint' : 'authoring.poster.none')}>
      <div className="poster-choices">
        {[{ fileId: '', name: t('authoring.poster.drawn'), address: '' }, ...pictures].map(({ fileId, name, address }) => (
          <label key={fileId} className="poster-choice">
            <input type="radio" name="posterId" value={fileId} defaultChecked={values.posterId === fileId} />
            {address ? <img src={address} alt="" loading="lazy" /> : <span className="poster-drawn" />}
            <bdi className="truncate text-sm">{name}</bdi>
          </label>
        ))}
      </div>
      {pictures.length > 0 && <Field label={t('authoring.picture.alt')} id="body.poster.alt" error={error}><TextInput name="posterAlt" defaultValue={values.posterAlt} maxLength={500} dir="auto" autoComplete="off" /></Field>}
    </Fieldset>
  );
}
