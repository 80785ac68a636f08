/** For loaders: a course for its readers. */
import { getCourse, type Course } from '@milpa/catalog/contract';
import { getMyCourse } from '@milpa/learning/contract';
import type { RouterContextProvider } from 'react-router';
import { load, web } from '../context.ts';

/** Who takes a course reads its page, its reviews and writes to its teacher also after it was archived. */
export function courseToRead(context: Readonly<RouterContextProvider>, key: string): Promise<Course> {
  const { viewer } = web(context);
  const takes = viewer.kind === 'member' && viewer.permissions.includes('enrollment:read:own');
  return load(context, takes ? getMyCourse : getCourse, { params: { courseId: key } });
}
