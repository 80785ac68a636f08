import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { serializerSchema } from './api.ts';

const named = z.object({ at: z.iso.datetime().nullable(), n: z.int().min(1).nullable() }).meta({ id: 'Named' });
const kinds = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), n: z.number().gt(1) }), z.object({ kind: z.literal('b') })]);
const response = z.object({
  named: named.nullable(), list: z.array(named), letter: z.enum(['a', 'b']).nullable(), either: z.union([z.string(), z.null()]), kinds, kind: kinds.nullable(), number: z.number().gt(0).nullable(),
  byName: z.record(z.string(), z.array(z.number()).nullable()), left: z.string().nullable().optional(), words: z.array(z.string().nullable()), any: z.unknown(),
});

test.each([
  { named: null, list: [{ at: null, n: null }], letter: null, either: null, kinds: { kind: 'b' }, kind: null, number: null, byName: { a: null }, left: null, words: [null, 'a'], any: null },
  { named: { at: '2026-01-01T00:00:00.123456Z', n: 5 }, list: [], letter: 'a', either: '', kinds: { kind: 'a', n: 2 }, kind: { kind: 'b' }, number: 3, byName: { a: [1] }, words: [], any: { deep: [1] } },
])('what may be null is written as it is, named schemas and unions as well', async (value) => {
  const server = Fastify();
  server.get('/', { schema: { response: { 200: serializerSchema(response) } } }, (_request, reply) => reply.send({ ...value, secret: 'not promised' }));
  expect((await server.inject('/')).json()).toEqual(value);
});
