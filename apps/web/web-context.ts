import type { AnyEndpoint, CallInput, Locale, Output, ProblemDocument, Upload } from '@milpa/kernel/contract';

export type Theme = 'light' | 'dark' | 'system';

/** What a page may know about the organisation whose host it is served from. */
export interface WebTenant {
  id: string;
  slug: string;
  name: string;
  tagline: string | null;
  logoUrl: string | null;
  /** `#rrggbb`, or null for the house colour. */
  accent: string | null;
  locale: string;
  /** IANA name; every date on a page is shown in it. */
  timeZone: string;
  /** ISO 4217. */
  currency: string;
  features: Record<string, boolean>;
  /** Whether whoever has an account may join, or only who is invited. */
  signUp: 'open' | 'invitation';
}

export interface WebViewer {
  kind: 'visitor' | 'member' | 'account' | 'operator' | 'support';
  name: string | null;
  email: string | null;
  persona: string | null;
  /** Null for who is no member of this organisation. */
  memberId?: string | null;
  /** IANA name; null where the organisation's counts. */
  timeZone?: string | null;
  permissions: string[];
  /** For an operator whom the organisation let in. */
  support?: { mayChange: boolean; until: string } | null;
}

/** Everything that loaders and actions may use of one request. Made by the server, one per request. */
export interface WebContext {
  /** Calls an endpoint in-process as this viewer. Throws the kernel's `Problem`. */
  call<E extends AnyEndpoint>(endpoint: E, input?: CallInput<E>): Promise<Output<E>>;
  /** Null on the operator's host. */
  tenant: WebTenant | null;
  /** Scheme, host and port of the installation's own pages. */
  installationOrigin: string;
  /** Why no page of this host is shown to this visitor now: there is no such organisation, it is paused, or they ask too often. */
  refusal: ProblemDocument | null;
  viewer: WebViewer;
  /** The moment of the request, by the server's clock. */
  now: Date;
  locale: Locale;
  theme: Theme;
  /** The nonce of this response's Content-Security-Policy. */
  nonce: string;
  url: URL;
  requestId: string;
  /** Mail is not sent but kept for reading at `/dev/mail`. */
  devMail: boolean;
  /** On the operator's host: nobody operates this installation yet. */
  needsSetup: boolean;
  /** The files of a posted form, by the name of their field: bodies of endpoints that take an upload. */
  uploads: ReadonlyMap<string, Upload>;
  /** `Set-Cookie` headers that loaders and actions add. */
  setCookies: string[];
}
