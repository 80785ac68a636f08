import { expect, test } from 'vitest';
import { locales } from '@milpa/kernel/contract';
import { fillIn, invitationTexts } from './texts.ts';

const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test.each(locales)('the invitation in %s names who invites, until when, and the link', (locale) => {
  expect(blanks(invitationTexts[locale].subject)).toEqual(['tenant']);
  expect(blanks(invitationTexts[locale].text)).toEqual(['tenant', 'until', 'url']);
});

test('values are not filled in twice, and a subject stays one line', () => {
  const { subject, text } = fillIn(invitationTexts.en, { tenant: 'A\r\nBcc: {url}', url: 'https://example.test', until: 'tomorrow' });
  expect(subject).toBe('A Bcc: {url} invites you');
  expect(text.match(/https:\/\/example\.test/g)).toHaveLength(1);
});
