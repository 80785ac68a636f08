import { startTransition, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { HydratedRouter } from 'react-router/dom';
import loaders from 'virtual:messages/loaders';
import type { Locale } from '@milpa/kernel/contract';
import type { Theme } from '../web-context.ts';
import { lazyStore } from './i18n/store.ts';
import { PageProvider, type PageSettings } from './page.tsx';

const { lang, dataset } = document.documentElement;
const messages = lazyStore(lang, loaders);
const settings: PageSettings = {
  locale: lang as Locale,
  timeZone: dataset['timeZone'] ?? 'UTC',
  theme: (dataset['theme'] ?? 'system') as Theme,
  messages,
  nonce: document.querySelector<HTMLElement>('style[nonce]')?.nonce ?? '',
  accentCss: document.querySelector('style[nonce]')?.textContent ?? '',
};

// Style elements that components make later carry the document's nonce.
Object.assign(globalThis, { __webpack_nonce__: settings.nonce });

/** Hydrates when the messages that the server's HTML was made with are there. */
async function hydrate() {
  const preloads = document.querySelectorAll<HTMLLinkElement>('link[data-messages]');
  await Promise.all([...preloads].map((link) => messages.load(link.dataset['messages'] ?? '')));
  startTransition(() => {
    hydrateRoot(document, (
      <StrictMode>
        <PageProvider value={settings}><HydratedRouter /></PageProvider>
      </StrictMode>
    ));
  });
}

void hydrate();
