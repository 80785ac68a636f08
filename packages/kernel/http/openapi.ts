/** OpenAPI 3.1 from the endpoints' own schemas. */
import { z } from 'zod';
import { fileContent, problemSchema, upload, type AnyEndpoint } from '../contract.ts';
import { isRead } from '../invoke.ts';

type Json = Record<string, unknown>;

export const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json =>
  z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Json;

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, shape]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: shape }));
}

function bodyOf(endpoint: AnyEndpoint): Json {
  if (!endpoint.body) return {};
  const content = endpoint.body === upload
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: withoutDialect(jsonSchema(endpoint.body, 'input')) } };
  return { requestBody: { required: true, content } };
}

const withoutDialect = ({ $schema: _, ...schema }: Json): Json => schema;
const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

function operationOf(endpoint: AnyEndpoint): Json {
  const { access } = endpoint;
  const headers = [
    ...(isRead(endpoint) || endpoint.secret ? [] : [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }]),
    ...(endpoint.ifMatch ? [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }] : []),
  ];
  return {
    operationId: endpoint.id, summary: endpoint.summary, tags: [endpoint.id.split('.')[0]],
    ...(typeof access === 'string' ? { 'x-permission': access } : { 'x-open': access }),
    security: typeof access === 'object' && 'public' in access ? [{}] : endpoint.fresh ? [{ session: [] }] : [{ session: [] }, { token: [] }],
    parameters: [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query'), ...headers],
    ...bodyOf(endpoint),
    responses: {
      [endpoint.status]: endpoint.status === 204
        ? { description: 'Done' }
        : endpoint.response === fileContent
        ? { description: 'The file', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } }
        : { description: 'Done', content: { 'application/json': { schema: withoutDialect(jsonSchema(endpoint.response, 'output')) } } },
      default: { description: ['A problem', ...(endpoint.errors ?? [])].join('; '), content: problemContent },
    },
  };
}

/** The document at `/api/v1/openapi.json`. */
export function openApi(endpoints: readonly AnyEndpoint[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) (paths[`/api/v1${endpoint.path}`] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint);
  return {
    openapi: '3.1.0',
    info: { title: 'Milpa', version, license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' } },
    paths,
    components: {
      schemas: { Problem: withoutDialect(jsonSchema(problemSchema, 'output')) },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' }, token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}
