/** Takes the form of the reading panel where there are no scripts. */
import { redirect } from 'react-router';
import { setReadingPreference } from '@milpa/learning/contract';
import { submit, web } from '../../context.ts';
import { localPath } from '../../shell/paths.ts';
import { cookieFor, preferenceFrom } from './reading.ts';
import type { Route } from './+types/keep-reading';

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const preference = preferenceFrom((name) => form.get(name));
  const { url, setCookies } = web(context);
  setCookies.push(cookieFor(preference, url.protocol === 'https:'));
  await submit(context, setReadingPreference, { body: preference });
  return redirect(localPath(form.get('back')), 303);
}
