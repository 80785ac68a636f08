/** Many tenants and courses, written by the database itself: seconds, not hours. */
import pg from 'pg';

export interface Size { tenants: number; courses: number }

/** Plants `tenants` organisations with `courses` published courses between them. @returns their slugs. */
export async function plant(adminUrl: string, { tenants, courses }: Size): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`
      insert into tenancy_control.tenant (slug, name, blueprint, status, locale, time_zone, currency, sign_up, features, limits)
      select 'bench-' || n, 'Organisation ' || n, 'academy', 'active', 'en', 'UTC', 'USD', 'open', '{"catalog": true, "publicCatalog": true}',
        '{"courses": 100000, "members": 100000, "storageBytes": 1000000000, "apiPerMinute": 100000000}'
      from generate_series(1, $1::int) n on conflict do nothing`, [tenants]);
    await client.query(`
      insert into identity.role (tenant_id, key, name, persona, permissions)
      select id, 'visitor', '{"en": "Visitor", "es-MX": "Visitante", "ar": "زائر"}', 'learner', '{course:read}' from tenancy_control.tenant where slug like 'bench-%' on conflict do nothing`);
    await client.query(`
      with owner as (select id, row_number() over (order by slug) as place, count(*) over () as total from tenancy_control.tenant where slug like 'bench-%')
      insert into catalog.course (tenant_id, slug, title, summary, language, level, status, tags, module_count, lesson_count, duration_minutes, published_at)
      select owner.id, 'course-' || n, 'Course number ' || n, 'What a person learns in course ' || n || ', told in one sentence of a usual length.', 'en',
        (array['beginner', 'intermediate', 'advanced', 'all'])[1 + n % 4], 'published', array['field', 'tag-' || n % 50], 4, 24, 240, now() - n * interval '1 minute'
      from generate_series(1, $1::int) n join owner on owner.place = 1 + n % owner.total on conflict do nothing`, [courses]);
    await client.query('vacuum analyze catalog.course');
    await client.query('vacuum analyze tenancy_control.tenant');
    const { rows } = await client.query<{ slug: string }>("select slug from tenancy_control.tenant where slug like 'bench-%' order by slug limit 200");
    return rows.map((row) => row.slug);
  } finally {
    await client.end();
  }
}
