/** Leads to the lesson where the reader was. */
import { redirect } from 'react-router';
import { coursePath, playerPath, previewQuery } from '../catalog/paths.ts';
import { admitted, previewOf } from './admission.ts';
import { orOffline } from './offline/fallback.ts';
import { lessonToOpen } from './place.ts';
import type { Route } from './+types/resume';

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { search } = new URL(request.url);
  const outline = await admitted(context, params.course, previewOf(search));
  const lesson = lessonToOpen(outline);
  return redirect(lesson ? `${playerPath(outline.course.slug, lesson)}${previewQuery(search) || '?goOn'}` : `${coursePath(outline.course.slug)}?hint=empty`);
}

export const clientLoader = ({ serverLoader, request }: Route.ClientLoaderArgs) => orOffline(serverLoader, request);
