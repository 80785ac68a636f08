/** For loaders of screens about a course's learners. */
import { getCourse } from '@milpa/catalog/contract';
import type { RouterContextProvider } from 'react-router';
import { load } from '../context.ts';

export interface TaughtCourse { id: string; slug: string; title: string; language: string }

export async function taughtCourse(context: Readonly<RouterContextProvider>, courseId: string): Promise<TaughtCourse> {
  const { id, slug, title, language } = await load(context, getCourse, { params: { courseId } });
  return { id, slug, title, language };
}
