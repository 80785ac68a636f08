import { RouterContextProvider } from 'react-router';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { endpoint, open } from '@milpa/kernel/contract';
import type { WebContext } from '../web-context.ts';
import { load, reporter, submit, webContext } from './context.ts';

const ping = endpoint({ id: 'demo.ping', method: 'GET', path: '/ping', summary: 'Ping', access: open('a test'), response: z.string() });

/** Like the kernel's, which the web knows only by what it can do. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code = 'demo.refused') { super('refused'); this.status = status; this.code = code; }
  document = (locale: string, requestId: string) => ({ type: 'about:blank', code: this.code, status: this.status, title: `No (${locale})`, requestId });
}

function contextOf(call: () => Promise<unknown>) {
  const reported: unknown[] = [];
  const context = new RouterContextProvider();
  context.set(webContext, { call, locale: 'ar', requestId: 'r-1', url: new URL('http://demo.localhost/courses?q=1') } as Partial<WebContext> as WebContext);
  context.set(reporter, (error) => reported.push(error));
  return { context, reported };
}
const refusing = (status: number) => contextOf(() => Promise.reject(new Refusal(status)));
const thrownBy = (promise: Promise<unknown>) => promise.then(() => expect.unreachable('it should have thrown'), (thrown: unknown) => thrown);

test('load gives the output', async () => {
  expect(await load(contextOf(() => Promise.resolve('pong')).context, ping)).toBe('pong');
});

test('load turns a refusal into the error screen of its status, in the language of the reader', async () => {
  const { context, reported } = refusing(403);
  expect(await thrownBy(load(context, ping))).toMatchObject({ init: { status: 403 }, data: { code: 'demo.refused', title: 'No (ar)', requestId: 'r-1' } });
  expect(reported).toEqual([]);
});

test('load sends who is not signed in to sign in and back', async () => {
  const response = await thrownBy(load(refusing(401).context, ping)) as Response;
  expect([response.status, response.headers.get('location')]).toEqual([302, '/sign-in?next=%2Fcourses%3Fq%3D1']);
});

test('load and submit send who must confirm who they are to do so, the form with them', async () => {
  const asking = () => contextOf(() => Promise.reject(new Refusal(403, 'kernel.confirmation_required')));
  const page = await thrownBy(load(asking().context, ping)) as Response;
  expect([page.status, page.headers.get('location')]).toEqual([302, '/confirm?next=%2Fcourses%3Fq%3D1']);
  const form = await thrownBy(submit(asking().context, ping)) as Response;
  expect([form.status, form.headers.get('location')]).toEqual([307, '/confirm?next=%2Fcourses%3Fq%3D1&form']);
});

test('load reports the unforeseen and shows no more than the request id', async () => {
  const failure = new Error('secret');
  const { context, reported } = contextOf(() => Promise.reject(failure));
  expect(await thrownBy(load(context, ping))).toMatchObject({ init: { status: 500 }, data: { requestId: 'r-1' } });
  expect(reported).toEqual([failure]);
});

test('submit gives the problem to the form', async () => {
  expect(await submit(refusing(422).context, ping)).toMatchObject({ problem: { status: 422, title: 'No (ar)' } });
});
