import { describe, expect, test } from 'vitest';
import { decode, isAddress, readList } from './list.ts';
import { forecastLines } from './rules.ts';

const people = (text: string) => { const list = readList(text); return 'lines' in list ? list.lines.map(({ name, email }) => [name, email]) : list.fault; };
const bytes = (...values: number[]) => new Uint8Array(values);
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a list is read', () => {
  test.each([
    ['with commas and a header', 'Name,Email\nAna,ana@example.org\n', [['Ana', 'ana@example.org']]],
    ['with semicolons and other names', 'Correo electrónico;Nombre;Apellidos\r\nana@example.org;Ana;Peña Ruiz\r\n', [['Ana Peña Ruiz', 'ana@example.org']]],
    ['with tabs and Arabic names', 'الاسم\tالبريد الإلكتروني\nليلى\tLAILA@example.org', [['ليلى', 'laila@example.org']]],
    ['with the mark of UTF-8', '\uFEFFemail\nana@example.org', [['', 'ana@example.org']]],
    ['without a header', 'Ana,ana@example.org\nLuis,luis@example.org', [['Ana', 'ana@example.org'], ['Luis', 'luis@example.org']]],
    ['as one column', 'ana@example.org\nluis@example.org', [['', 'ana@example.org'], ['', 'luis@example.org']]],
    ['with quotes, separators in them and empty lines', 'name,email\n"Ruiz, Ana",ana@example.org\n\n,\n', [['Ruiz, Ana', 'ana@example.org']]],
    ['with a bad address among good ones', 'a,b\nAna,ana@example.org\nLuis,none', [['Ana', 'ana@example.org'], ['Luis', 'none']]],
  ])('%s', (_, text, expected) => expect(people(text)).toEqual(expected));

  test.each([['', 'list_empty'], ['\n \n', 'list_empty'], ['name,email\n', 'list_empty'], ['a,b\nc,d', 'list_without_addresses'], ['email\n"ana@example.org', 'list_unreadable'], [`email\n${'a@example.org\n'.repeat(5001)}`, 'list_too_long']])('%j is %s', (text, fault) => {
    expect(people(text)).toBe(fault);
  });

  test('lines are numbered as in the file', () => {
    const list = readList('email\n\nana@example.org\n\nluis@example.org');
    expect('lines' in list && list.lines.map((line) => line.line)).toEqual([3, 5]);
  });

  test('in whichever encoding it was saved', () => {
    expect(decode(latin('Peña;Núñez'))).toBe('Peña;Núñez');
    expect(decode(bytes(0xe1, 0xed, 0xe1, 0xec, 0x2c, 0x61))).toBe('ليلى,a');
    expect(decode(new TextEncoder().encode('Peña ليلى'))).toBe('Peña ليلى');
    expect(decode(bytes(0xff, 0xfe, 0x41, 0x00))).toBe('A');
  });
});

test.each([['ana@example.org', true], ['ana.b+c@sub.example.org', true], ['ana@localhost', false], ['ana', false], ['a na@example.org', false], ['ana@example.org,', false], ['ana..b@example.org', false], ['ana@-x.org', false]])('%s: %s', (text, fine) => {
  expect(isAddress(text)).toBe(fine);
});

describe('what would become of each line', () => {
  const members = new Map([['in@x.org', { id: '1', active: true, enrolled: true }], ['out@x.org', { id: '2', active: true, enrolled: false }], ['off@x.org', { id: '3', active: false, enrolled: false }]]);
  const emails = ['in@x.org', 'out@x.org', 'out@x.org', 'off@x.org', 'bad', 'new@x.org', 'other@x.org'];
  test.each([
    [{ mayInvite: true, places: Infinity, seats: 9 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'invite', 'invite']],
    [{ mayInvite: false, places: Infinity, seats: 9 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'not_a_member', 'not_a_member']],
    [{ mayInvite: true, places: 2, seats: 9 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'invite', 'no_place']],
    [{ mayInvite: true, places: Infinity, seats: 1 }, ['already_enrolled', 'enroll', 'duplicate', 'suspended', 'bad_address', 'invite', 'no_place']],
  ])('%j', (standing, expected) => expect(forecastLines(emails, { members, ...standing })).toEqual(expected));
});
