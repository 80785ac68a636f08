/** The screens for what goes wrong: nothing here, not allowed, paused, too fast, no connection, refused with a reason, and the unforeseen. */
import { isRouteErrorResponse, useLocation, useNavigationType, useRouteError, useRouteLoaderData } from 'react-router';
import { EmptyState, LinkButton, Page, type IllustrationName } from '@milpa/ui';
import type { ReactNode } from 'react';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { useT, type PlainMessageKey } from '../i18n/index.ts';
import type { loader } from '../root.tsx';
import { Title } from './title.tsx';

type Kind = 'notFound' | 'noPermission' | 'membersOnly' | 'paused' | 'busy' | 'offline' | 'unexpected';

const screens: Record<Kind, { illustration: IllustrationName; title: PlainMessageKey; text: PlainMessageKey }> = {
  notFound: { illustration: 'search', title: 'shell.error.notFound.title', text: 'shell.error.notFound.text' },
  noPermission: { illustration: 'gate', title: 'shell.error.noPermission.title', text: 'shell.error.noPermission.text' },
  membersOnly: { illustration: 'gate', title: 'shell.error.membersOnly.title', text: 'shell.error.membersOnly.text' },
  paused: { illustration: 'gate', title: 'shell.error.paused.title', text: 'shell.error.paused.text' },
  busy: { illustration: 'storm', title: 'shell.error.busy.title', text: 'shell.error.busy.text' },
  offline: { illustration: 'storm', title: 'shell.error.offline.title', text: 'shell.error.offline.text' },
  unexpected: { illustration: 'storm', title: 'shell.error.unexpected.title', text: 'shell.error.unexpected.text' },
};

/** Nothing else is to be had at this host. */
const hostRefused = new Set(['kernel.tenant_not_found', 'kernel.tenant_suspended']);
/** What may be over in a moment. */
const again: Kind[] = ['busy', 'offline', 'unexpected'];

/** The error of the nearest route, within the shell's main part. */
export function ErrorScreen() {
  const t = useT();
  const error = useRouteError();
  const documentRequest = useDocumentRequest();
  const { pathname, search } = useLocation();
  const problem = problemIn(error);
  const kind = kindOf(error, problem);
  // A refusal that names its reason says more than a general screen could.
  const told = problem?.detail && kind !== 'unexpected' && kind !== 'paused' ? problem : undefined;
  const requestId = problem?.requestId ?? documentRequest;
  const { illustration, title, text } = screens[kind];
  return (
    <Page narrow>
      <Title>{told?.title ?? t(title)}</Title>
      <EmptyState
        illustration={illustration}
        headingLevel={1}
        title={told?.title ?? t(title)}
        action={again.includes(kind)
          ? <Again href={pathname + search}>{t('shell.error.tryAgain')}</Again>
          : !hostRefused.has(problem?.code ?? '') && <LinkButton href="/" look="primary">{t('shell.error.goHome')}</LinkButton>}
      >
        <p>{told?.detail ?? t(text)}</p>
        {kind === 'unexpected' && requestId && (
          <p>{t('shell.error.requestId', { id: requestId, code: (chunks) => <code key="id"><bdi>{chunks}</bdi></code> })}</p>
        )}
      </EmptyState>
    </Page>
  );
}

/** Loads the document anew: what failed may have been the scripts. */
function Again({ href, children }: { href: string; children: ReactNode }) {
  return <LinkButton href={href} look="primary" target="_self">{children}</LinkButton>;
}

/** The request id of this document, while what the person sees was loaded with it. */
function useDocumentRequest(): string | undefined {
  const root = useRouteLoaderData<typeof loader>('root');
  return useNavigationType() === 'POP' ? root?.requestId : undefined;
}

function problemIn(error: unknown): Partial<ProblemDocument> | undefined {
  return isRouteErrorResponse(error) && typeof error.data === 'object' && error.data !== null ? error.data as Partial<ProblemDocument> : undefined;
}

function kindOf(error: unknown, problem: Partial<ProblemDocument> | undefined): Kind {
  if (isRouteErrorResponse(error)) {
    if (problem?.code === 'kernel.tenant_suspended') return 'paused';
    if (problem?.code === 'shell.members_only') return 'membersOnly';
    if (error.status === 429) return 'busy';
    if (error.status === 403) return 'noPermission';
    return error.status < 500 ? 'notFound' : 'unexpected';
  }
  // What a browser throws when a request could not be made at all.
  const unreachable = error instanceof TypeError && typeof navigator !== 'undefined' && !navigator.onLine;
  return unreachable ? 'offline' : 'unexpected';
}
