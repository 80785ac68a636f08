/** What is settled for the life of one HTML document: changing any of it is a form post that loads the page anew. */
import { createContext, useContext } from 'react';
import type { Locale } from '@milpa/kernel/contract';
import type { Theme } from '../web-context.ts';
import type { MessageStore } from './i18n/store.ts';

export interface PageSettings {
  locale: Locale;
  /** IANA name, the tenant's. */
  timeZone: string;
  theme: Theme;
  messages: MessageStore;
  /** Allows this document's style and script elements. */
  nonce: string;
  /** The tenant's colours, as a stylesheet; empty for the house's own. */
  accentCss: string;
  /** On the server: where the browser finds the messages of these modules. */
  messageUrls?: (modules: string[]) => { module: string; url: string }[];
}

/** What a route may export as `handle`. */
export interface ScreenHandle {
  /** The screen shows lesson text: its typeface is fetched at once, or at once where the screen is wide enough for the text to be in the first view. */
  lesson?: boolean | 'wide';
  /** Modules whose words the screen says too, beside its own. */
  words?: string[];
}

const PageContext = createContext<PageSettings | null>(null);
export const PageProvider = PageContext.Provider;

export function usePage(): PageSettings {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage needs a PageProvider: see entry.server.tsx and entry.client.tsx');
  return page;
}
