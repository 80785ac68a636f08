import { describe, expect, test } from 'vitest';
import { locales } from '@milpa/kernel/contract';
import { mailText, mailTexts, type MailKind } from './texts.ts';

const kinds = Object.keys(mailTexts.en) as MailKind[];
const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(locales)('mails in %s', (locale) => {
  test.each(kinds)('%s has the same blanks as in English', (kind) => {
    expect(blanks(mailTexts[locale][kind].subject)).toEqual(blanks(mailTexts.en[kind].subject));
    expect(blanks(mailTexts[locale][kind].body)).toEqual(blanks(mailTexts.en[kind].body));
  });
});

test('values are not filled in twice, and a subject stays one line', () => {
  const { subject, body } = mailText('invitation', 'en', { tenant: 'A\r\nBcc: {url}', url: 'https://example.test', until: 'tomorrow' });
  expect(subject).toBe('A Bcc: {url} invites you');
  expect(body.match(/https:\/\/example\.test/g)).toHaveLength(1);
});
