/** Between what a form holds and what the API takes. */
import type { Course } from '@milpa/catalog/contract';
import type { CourseForm } from './course-fields.tsx';
import { minorUnits, typedAmount } from '../catalog/price.ts';

export function readCourseForm(form: FormData): CourseForm {
  const field = (name: keyof CourseForm) => String(form.get(name) ?? '').replace(/\r\n/g, '\n');
  return {
    title: field('title'), summary: field('summary'), language: field('language'), level: field('level'), categoryId: field('categoryId'), tags: field('tags'), price: field('price'),
    descriptionHtml: field('descriptionHtml'), posterId: field('posterId'), posterAlt: field('posterAlt'),
  };
}

export function courseForm({ title, summary, language, level, categoryId, tags, price, descriptionHtml, poster }: Course): CourseForm {
  return { title, summary, language, level, categoryId: categoryId ?? '', tags: tags.join(', '), price: price ? typedAmount(price.amount, price.currency) : '', descriptionHtml, posterId: poster?.fileId ?? '', posterAlt: poster?.alt ?? '' };
}

/** What every course begins with. */
export function courseBasics({ title, summary, language, level, categoryId }: CourseForm) {
  return { title, summary, language, level: level as Course['level'], categoryId: categoryId || null };
}

/** All that describes a course. An amount that cannot be read stays one, so that the API names its field. */
export function courseBody(form: CourseForm, currency: string) {
  const amount = minorUnits(form.price, currency);
  return {
    ...courseBasics(form),
    descriptionHtml: form.descriptionHtml,
    tags: [...new Set(form.tags.split(/[,،\n]/).map((tag) => tag.trim()).filter(Boolean))],
    price: amount === null ? null : { amount, currency },
    poster: form.posterId ? { fileId: form.posterId, alt: form.posterAlt } : null,
  };
}
