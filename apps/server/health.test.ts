import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerHealth } from './health.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed({ prepare: (application) => { registerHealth(application, { jobs: () => 'stopped', metrics: () => application.api.metrics.registry.metrics(), metricsToken: 'a token of some length', openToThisMachine: false }); } });
});
afterAll(() => bed.close());

test('the metrics tell what the page of health tells, to who has the token', async () => {
  await bed.owner.query("select kernel.add_job('test.work', '{}', null, now(), 1); update graphile_worker._private_jobs set attempts = 1");
  await bed.owner.query("insert into kernel_control.schedule_run (schedule, succeeded_at, duration_ms) values ('kernel.tidyDaily', '2026-01-01T00:00:00Z', 5)");
  const ask = (headers: Record<string, string>) => bed.application.server.inject({ url: '/metrics', headers: { host: 'milpa.test', ...headers } });
  expect((await ask({})).statusCode).toBe(404);
  const { body } = await ask({ authorization: 'Bearer a token of some length' });
  expect(body).toMatch(/^milpa_jobs_parked 1$/m);
  expect(body).toMatch(/^milpa_jobs\{state="due"\} 0$/m);
  expect(body).toMatch(/^milpa_events_undelivered 0$/m);
  expect(body).toMatch(/^milpa_database_bytes \d{6,}$/m);
  expect(body).toMatch(/^milpa_schedule_success_timestamp_seconds\{schedule="kernel.tidyDaily"\} 1767225600$/m);
  expect(body).toContain('process_cpu_seconds_total');
});
