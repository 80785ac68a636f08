import { redirect } from 'react-router';
import { z } from 'zod';
import { locale } from '@milpa/kernel/contract';
import { web } from '../context.ts';
import { localPath } from './paths.ts';
import type { Route } from './+types/preferences';

const choices = z.object({ locale: locale.optional(), theme: z.enum(['light', 'dark', 'system']).optional() });
const oneYear = 365 * 24 * 60 * 60;

/** Keeps language and theme in cookies and goes back to the page that asked. A choice that is not offered changes nothing. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const chosen = choices.safeParse(Object.fromEntries(form)).data ?? {};
  const { url, setCookies } = web(context);
  const secure = url.protocol === 'https:' ? '; Secure' : '';
  for (const [name, value] of Object.entries(chosen)) {
    setCookies.push(`${name}=${value}; Path=/; Max-Age=${oneYear}; SameSite=Lax; HttpOnly${secure}`);
  }
  return redirect(localPath(form.get('back')), 303);
}
