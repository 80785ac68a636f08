import { csvFile, decodeText as decode } from '@milpa/kernel';
import { describe, expect, test } from 'vitest';
import { isAddress, readPeople } from './people.ts';

const most = 5000;
const people = (text: string) => { const list = readPeople(text, most); return 'lines' in list ? list.lines.map(({ name, email }) => [name, email]) : list.fault; };
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

  test.each([['', 'list_empty'], ['\n \n', 'list_empty'], ['name,email\n', 'list_empty'], ['a,b\nc,d', 'list_without_addresses'], ['email\n"ana@example.org', 'list_unreadable'], [`email\n${'a@example.org\n'.repeat(most + 1)}`, 'list_too_long']])('%j is %s', (text, fault) => {
    expect(people(text)).toBe(fault);
  });

  test('lines are numbered as in the file', () => {
    const list = readPeople('email\n\nana@example.org\n\nluis@example.org', most);
    expect('lines' in list && list.lines.map((line) => line.line)).toEqual([3, 5]);
  });

  test.each([
    ['Email,Role,Until,Language\nana@example.org,Teacher,2027-01-31,Spanish', ['Teacher', '2027-01-31', 'Spanish']],
    ['Correo;Rol;Hasta;Idioma\nana@example.org;Docente;31/01/2027;español', ['Docente', '31/01/2027', 'español']],
    ['البريد\tالدور\tحتى تاريخ\tاللغة\nana@example.org\tمعلّم\t٢٠٢٧-٠١-٣١\tالعربية', ['معلّم', '٢٠٢٧-٠١-٣١', 'العربية']],
    ['until,email,role\n,ana@example.org,', ['', '', '']],
  ])('%j with what somebody is invited to', (text, expected) => {
    const list = readPeople(text, most);
    expect('lines' in list && list.lines.map(({ email, name, role, until, language }) => [email, name, role, until, language])).toEqual([['ana@example.org', '', ...expected]]);
  });

  test('what a report made harmless is read as it was', async () => {
    const { open } = csvFile('x.csv', [['name', 'email'], ['=Ana', '-ana@example.org']]) as unknown as { open(): Promise<AsyncIterable<Uint8Array>> };
    const chunks = [];
    for await (const chunk of await open()) chunks.push(chunk);
    expect(people(decode(Buffer.concat(chunks)))).toEqual([['=Ana', '-ana@example.org']]);
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
