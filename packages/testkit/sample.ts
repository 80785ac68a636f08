/** Makes a valid value for a schema, every optional part included, from its JSON Schema and from words for what a pattern cannot tell. */
import { z } from 'zod';

type Node = Record<string, any>;
/** Values by the name of the property that holds them. */
export type Words = Readonly<Record<string, unknown>>;

/** @throws when the value does not fit: then `words` lacks a value for one of the properties that the message names. */
export function sampleOf(schema: z.ZodType, words: Words): unknown {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node;
  const value = valueOf(root, root, words);
  const parsed = schema.safeParse(value);
  if (parsed.success) return value;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.message}`).join('; '));
}

function valueOf(node: Node, root: Node, words: Words): unknown {
  if (typeof node['$ref'] === 'string') return valueOf(node['$ref'].split('/').slice(1).reduce((at: Node, part: string) => at[part], root), root, words);
  if ('const' in node) return node['const'];
  if (Array.isArray(node['enum'])) return node['enum'][0];
  const variant = node['anyOf'] ?? node['oneOf'] ?? node['allOf'];
  if (Array.isArray(variant)) return valueOf(variant[0], root, words);
  switch (node['type']) {
    case 'object': return Object.fromEntries(Object.entries(node['properties'] as Node ?? {}).map(([name, shape]) => [name, fits(words[name], shape) ? words[name] : valueOf(shape, root, words)]));
    case 'array': return [valueOf(node['items'], root, words)];
    case 'integer': case 'number': return Math.max(1, node['minimum'] ?? 1);
    case 'boolean': return true;
    case 'null': return null;
    default: return textOf(node);
  }
}

/** One word may stand for properties of the same name and different kind; it is taken where the kind is its own. */
function fits(word: unknown, shape: Node): boolean {
  if (word === undefined) return false;
  const kinds: unknown[] = [shape, ...(shape['anyOf'] ?? shape['oneOf'] ?? [])].flatMap((node: Node) => node['type'] ?? (node['enum'] ? ['string'] : []));
  const kind = word === null ? 'null' : Array.isArray(word) ? 'array' : typeof word;
  return kinds.length === 0 || kinds.includes(kind) || (kind === 'number' && kinds.includes('integer'));
}

function textOf({ format, minLength = 1, maxLength = 10_000 }: Node): string {
  if (format === 'email') return 'somebody@example.test';
  if (format === 'date-time') return '2026-12-01T00:00:00Z';
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  return 'something'.padEnd(minLength, 'x').slice(0, maxLength);
}
