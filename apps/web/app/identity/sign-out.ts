import { redirect } from 'react-router';
import { signOut } from '@milpa/identity/contract';
import { web } from '../context.ts';
import type { Route } from './+types/sign-out';

export async function action({ context }: Route.ActionArgs) {
  await web(context).call(signOut);
  return redirect('/', 303);
}

/** Opened by hand: nothing ends without a POST. */
export function loader() {
  return redirect('/', 303);
}
