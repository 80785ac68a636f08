/** For tests of screens: the built app with an API that answers from a table. */
import type { AnyEndpoint } from '@milpa/kernel/contract';
import { buildWeb, createWebHandler, webBuildIsFresh, type WebContext, type WebHandler } from '../../server.ts';

export const uuid = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** What the API refuses, as the kernel's `Problem` shows itself to the web. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
  document() {
    return { type: 'about:blank', title: this.code, status: this.status, code: this.code };
  }
}

export type Answers = Record<string, (input: { params: Record<string, string>; query: Record<string, unknown>; body: Record<string, unknown>; ifMatch?: string }) => unknown>;

let handler: Promise<WebHandler> | undefined;

async function app(): Promise<WebHandler> {
  if (!webBuildIsFresh()) await buildWeb(() => {});
  return createWebHandler({ mode: 'production' });
}

export const learner = ['course:read', 'enrollment:create:own', 'enrollment:read:own', 'enrollment:leave:own', 'progress:update:own'];
export const teacher = [...learner, 'course:create', 'course:update:own'];

export interface Visit { answers: Answers; features?: Record<string, boolean> | undefined; permissions?: string[] | undefined; form?: Record<string, string> }

/** Visits a page, or posts a form to it, as a member with these permissions; without any, as a visitor. */
export async function visit(path: string, { answers, features, permissions, form }: Visit) {
  const url = new URL(path, 'http://demo.localhost');
  const called: string[] = [];
  const call = async (endpoint: AnyEndpoint, input: unknown) => {
    called.push(endpoint.id);
    const answer = answers[endpoint.id];
    if (!answer) throw new Error(`The test has no answer for ${endpoint.id}`);
    return answer({ params: {}, query: {}, body: {}, ...input as object });
  };
  const { handle } = await (handler ??= app());
  const response = await handle(new Request(url, form ? { method: 'POST', body: new URLSearchParams(form) } : {}), {
    call: call as WebContext['call'], url,
    tenant: { id: uuid(1), slug: 'demo', name: 'Demo', tagline: null, logoUrl: null, accent: null, locale: 'en', timeZone: 'UTC', currency: 'MXN', features: { selfEnrollment: true, ...features }, signUp: 'open' },
    viewer: { kind: permissions ? 'member' : 'visitor', name: permissions ? 'Demo Person' : null, email: null, persona: null, permissions: permissions ?? ['course:read'] },
    now: new Date('2026-11-20T12:00:00Z'), locale: 'en', theme: 'light', nonce: 'bm9uY2U=', requestId: 'request-1', refusal: null, installationOrigin: 'http://milpa.test', devMail: false, needsSetup: false, setCookies: [], uploads: new Map(),
  });
  return { status: response.status, location: response.headers.get('location'), html: await response.text(), called };
}

export const course = {
  id: uuid(10), slug: 'rain', title: 'Rain at home', summary: 'Two sentences.', language: 'en', level: 'all', status: 'published', categoryId: null, tags: [], price: null,
  moduleCount: 1, lessonCount: 2, durationMinutes: 20, publishedAt: '2026-01-01T00:00:00Z', rating: null, poster: null, marks: null, descriptionHtml: '<p>All about rain.</p>', ownerMemberId: null, version: 7,
  createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', abilities: { update: false, publish: false, archive: false },
};
export const modules = [{ id: uuid(20), title: 'Plan', lessons: [{ id: uuid(31), title: 'How much rain', minutes: 12 }, { id: uuid(32), title: 'How big a tank', minutes: 8 }] }];
export const enrollment = { id: uuid(40), courseId: course.id, status: 'active', enrolledAt: '2026-01-02T00:00:00Z', completedAt: null, lastLessonId: uuid(32), completedLessons: 1, lessonCount: 2 };

export const refuse = (status: number, code: string) => () => { throw new Refusal(status, code); };
