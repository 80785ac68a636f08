/** Leads to the lesson where the reader was. */
import { redirect } from 'react-router';
import { coursePath, playerPath } from '../catalog/paths.ts';
import { admitted } from './admission.ts';
import { orOffline } from './offline/fallback.ts';
import { lessonToOpen } from './place.ts';
import type { Route } from './+types/resume';

export async function loader({ context, params }: Route.LoaderArgs) {
  const outline = await admitted(context, params.course);
  const lesson = lessonToOpen(outline);
  return redirect(lesson ? `${playerPath(outline.course.slug, lesson)}?goOn` : `${coursePath(outline.course.slug)}?hint=empty`);
}

export const clientLoader = ({ serverLoader, request }: Route.ClientLoaderArgs) => orOffline(serverLoader, request);
