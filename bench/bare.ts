/** What things would cost without a product: Fastify and `pg`, the same rows and the same answers. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['BARE_DATABASE_URL'], max: 10 });
const app = Fastify();
const tenants = new Map<string, string>();
const hostOf = (host: string) => tenants.get(host.slice(0, host.indexOf('.')));

const text = `select id, slug, title, summary, language, level, status, category_id as "categoryId", tags, price_amount as "priceAmount", price_currency as "priceCurrency",
  module_count as "moduleCount", lesson_count as "lessonCount", duration_minutes as "durationMinutes", published_at as "publishedAt"
  from catalog.course where tenant_id = $1 and status = 'published' order by published_at desc, id desc limit 21`;

const string = { type: 'string' };
const nullable = { type: 'string', nullable: true };
const integer = { type: 'integer' };
const course = {
  type: 'object',
  properties: {
    id: string, slug: string, title: string, summary: string, language: string, level: string, status: string, categoryId: nullable, tags: { type: 'array', items: string },
    priceAmount: { type: 'integer', nullable: true }, priceCurrency: nullable, moduleCount: integer, lessonCount: integer, durationMinutes: integer, publishedAt: nullable,
  },
};
const schema = { response: { 200: { type: 'object', properties: { data: { type: 'array', items: course } } } } };

/** The course list with no isolation but a WHERE. */
app.get('/api/v1/courses', { schema }, async (request) => {
  const { rows } = await pool.query({ name: process.env['BARE_PREPARED'] === 'yes' ? 'courses' : undefined, text, values: [hostOf(request.host)] } as pg.QueryConfig);
  return { data: rows.slice(0, 20) };
});

/** An answer that is known already. */
let constant = '{}';
app.put('/constant', (request, reply) => { constant = JSON.stringify(request.body); return reply.code(204).send(); });
app.get('/constant', (_request, reply) => reply.type('application/json').send(constant));

/** Statements of the product by hand: one after the other on one connection, named, in the organisation of the host. */
const statements = JSON.parse(readFileSync(process.env['BARE_STATEMENTS'] ?? '/dev/null', 'utf8') || '[]') as { text: string; values: (string | null)[] }[];
app.get('/statements', async (request) => {
  const client = await pool.connect();
  try {
    await client.query("select set_config('app.current_tenant', $1, false)", [hostOf(request.host)]);
    let answer: unknown;
    for (const [index, statement] of statements.entries()) answer = (await client.query({ name: `s${index}`, ...statement })).rows;
    return { data: answer };
  } finally {
    client.release();
  }
});

const names = new pg.Client({ connectionString: process.env['BARE_NAMES_URL'] ?? process.env['BARE_DATABASE_URL'] });
await names.connect();
const { rows } = await names.query<{ id: string; slug: string }>('select id, slug from tenancy_control.tenant');
await names.end();
for (const row of rows) tenants.set(row.slug, row.id);
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
process.on('SIGTERM', () => { void app.close().then(() => pool.end()).then(() => process.exit(0)); });
