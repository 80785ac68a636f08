import { expect, test } from 'vitest';
import { mailEach, type MailMessage, type Recipient } from './mail.ts';

test('each gets their own words in one line of subject, by a key of their own', async () => {
  const sent: MailMessage[] = [];
  const people: Recipient[] = [{ id: '1', name: 'Ana', email: 'ana@example.test', locale: 'es-MX' }, { id: '2', name: 'Nour\r\nBcc: all', email: 'nour@example.test', locale: 'ar' }];
  await mailEach({ send: async (message) => void sent.push(message) }, people, 'rain', ({ name, locale }) => ({ subject: `${locale}: ${name}`, text: `${name}\n` }));
  expect(sent).toEqual([
    { to: 'ana@example.test', subject: 'es-MX: Ana', text: 'Ana\n', locale: 'es-MX', idempotencyKey: 'rain:1' },
    { to: 'nour@example.test', subject: 'ar: Nour Bcc: all', text: 'Nour\r\nBcc: all\n', locale: 'ar', idempotencyKey: 'rain:2' },
  ]);
});
