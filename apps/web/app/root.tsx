import { data, Links, Meta, Outlet, Scripts, ScrollRestoration, useLocation, useMatches, useNavigation, type ShouldRevalidateFunctionArgs } from 'react-router';
import { LinkProvider } from '@milpa/ui';
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react';
import { submit, web } from './context.ts';
import { countUnread } from '@milpa/messaging/contract';
import { moduleOf } from './i18n/store.ts';
import { usePage, type ScreenHandle } from './page.tsx';
import { AppLink, useAppLinks } from './shell/links.tsx';
import { ErrorScreen } from './shell/errors.tsx';
import { Frame } from './shell/frame.tsx';
import { navigation, visibleTo } from './shell/navigation.ts';
import { preferencesPath } from './shell/paths.ts';
import { SupportBanner as SupportBannerNow } from './shell/at-once.ts';
import type { Route } from './+types/root';
import icon from './icon.svg?url';
import './styles.css';

// Few ever see it: its scripts are in nobody else's first load.
const SupportBanner = import.meta.env.SSR ? SupportBannerNow : lazy(async () => ({ default: (await import('./shell/support-banner.tsx')).SupportBanner }));

/**
 * Where the server shows this visitor no page, it said why; whatever they asked for, the answer is the error screen of that.
 * In which language and theme they read it, they may still choose.
 */
export const middleware: Route.MiddlewareFunction[] = [({ context }) => {
  const { refusal, url } = web(context);
  const choosing = url.pathname === preferencesPath && refusal?.status !== 429;
  if (refusal && !choosing) throw data(refusal, { status: refusal.status });
}];

/** What every screen's frame shows. Sent with each page, so it stays small: no permissions, no settings. */
export async function loader({ context }: Route.LoaderArgs) {
  const { tenant, viewer, requestId } = web(context);
  const reads = viewer.kind === 'member' && viewer.permissions.includes('message:read:own') && tenant?.features['learning'] === true;
  return {
    tenant: tenant && { id: tenant.id, name: tenant.name, logoUrl: tenant.logoUrl, sells: tenant.features['coursePrices'] === true },
    viewer: { kind: viewer.kind, name: viewer.name, persona: viewer.persona, memberId: viewer.memberId ?? null },
    support: viewer.support ? { name: viewer.name ?? '', until: viewer.support.until, mayChange: viewer.support.mayChange } : null,
    navigation: navigation.filter((item) => visibleTo(item, viewer, tenant)).map((item) => item.to),
    unread: reads ? (await submit(context, countUnread)).output?.unread ?? 0 : 0,
    requestId,
  };
}

/** The frame changes only by what somebody does, not by where they go. */
export function shouldRevalidate({ formMethod }: ShouldRevalidateFunctionArgs): boolean {
  return formMethod !== undefined && formMethod !== 'GET';
}

export function Layout({ children }: { children: ReactNode }) {
  const { locale, timeZone, theme, nonce, accentCss } = usePage();
  return (
    <html lang={locale} dir={locale === 'ar' ? 'rtl' : 'ltr'} data-theme={theme} data-time-zone={timeZone}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" type="image/svg+xml" href={icon} />
        <Meta />
        <Links />
        <style nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: accentCss }} />
        <MessagePreloads />
      </head>
      <body>
        <LinkProvider component={AppLink}>{children}</LinkProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

/** The messages of the modules on this page, which the browser needs before it can take over. */
function MessagePreloads() {
  const { messageUrls, nonce } = usePage();
  const modules = useMatches().flatMap((match) => [moduleOf(match.id), ...((match.handle as ScreenHandle | undefined)?.words ?? [])]);
  return messageUrls?.([...new Set(['shell', ...modules])]).map(({ module, url }) =>
    <link key={module} rel="modulepreload" href={url} data-messages={module} nonce={nonce} />);
}

export default function Root({ loaderData }: Route.ComponentProps) {
  useAppLinks();
  useFocusOnNewPage();
  useOwnDevice(loaderData.viewer.memberId);
  return <><LoadingBar />{loaderData.support && <Suspense><SupportBanner {...loaderData.support} /></Suspense>}<Outlet /></>;
}

/** Grows while the next page is on its way, if that takes longer than a blink. */
function LoadingBar() {
  const busy = useNavigation().state !== 'idle';
  return (
    <div
      aria-hidden="true"
      data-busy={busy || undefined}
      className="pointer-events-none fixed inset-x-0 top-0 z-50 h-1 origin-left scale-x-0 bg-accent rtl:origin-right data-busy:scale-x-90 data-busy:transition-transform data-busy:delay-150 data-busy:duration-4000 data-busy:ease-out"
    />
  );
}

/** A new page begins at its content for keyboards and screen readers too, as a loaded document would. */
function useFocusOnNewPage() {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    (document.querySelector<HTMLElement>('[data-begin]') ?? document.getElementById('main'))?.focus({ preventScroll: true });
  }, [pathname]);
}

/** Whoever has something on this device; nobody where the browser keeps nothing. */
function ownerHere(): string | null {
  try {
    return localStorage.getItem('milpa-owner');
  } catch {
    return null;
  }
}

/** What somebody else has kept on this device goes as soon as another member is here. Who is merely signed out may come back to it. */
function useOwnDevice(memberId: string | null) {
  useEffect(() => {
    const owner = ownerHere();
    if (memberId && owner && owner !== memberId) void import('./learning/offline/device.ts').then(({ claimDevice }) => claimDevice(memberId));
  }, [memberId]);
}

export function ErrorBoundary() {
  useAppLinks();
  return <Frame><ErrorScreen /></Frame>;
}
