import format, { type CompiledMessage, type FormatValues } from 'icu-minify/format';
import { use, useMemo, type ReactNode } from 'react';
import type { Messages } from 'virtual:messages';
import type { Locale } from '@milpa/kernel/contract';
import { usePage, type PageSettings } from '../page.tsx';
import { dateStyles, dateTimeFormat, numberFormat, pluralRules } from './intl.ts';
import { moduleOf } from './store.ts';

export type MessageKey = keyof Messages;
/** Keys of messages that need nothing filled in: for lists of labels, such as navigation. */
export type PlainMessageKey = { [K in MessageKey]: {} extends Messages[K] ? K : never }[MessageKey];

type Parameters<K extends MessageKey> = {} extends Messages[K] ? [] : [parameters: Messages[K]];
type HasTags<K extends MessageKey> = Extract<Messages[K][keyof Messages[K]], Function>;
type Formatted<K extends MessageKey> = [HasTags<K>] extends [never] ? string : ReactNode;

export type Translate = <K extends MessageKey>(key: K, ...parameters: Parameters<K>) => Formatted<K>;

/**
 * The message of a key in the reader's language. Messages with tags (`Read <link>the rules</link>`) take a function
 * per tag and give a node; all others give a string. A key of a module whose messages are not there yet suspends,
 * so call it while rendering.
 */
export function useT(): Translate {
  const page = usePage();
  return useMemo(() => makeTranslate(page), [page]);
}

function makeTranslate({ messages, locale, timeZone }: PageSettings): Translate {
  const translate = (key: string, values?: FormatValues<ReactNode>): ReactNode => {
    let message = messages.find(key);
    const loading = message === undefined && messages.load(moduleOf(key));
    if (loading) {
      // oxlint-disable-next-line react/rules-of-hooks -- `t` is called while rendering, and `use` may stand in a condition
      use(loading);
      message = messages.find(key);
    }
    if (message === undefined) throw new Error(`No message ${key}`);
    return formatMessage(message, locale, timeZone, values);
  };
  return translate as Translate;
}

const formatters = { getDateTimeFormat: dateTimeFormat, getNumberFormat: numberFormat, getPluralRules: pluralRules };
const formats = { dateTime: dateStyles };

function formatMessage(message: CompiledMessage, locale: Locale, timeZone: string, values?: FormatValues<ReactNode>): ReactNode {
  return format<ReactNode>(message, locale, values, { formatters, formats, timeZone }) as ReactNode;
}
