import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Database } from '../database/database.ts';

export interface Metrics {
  registry: Registry;
  observe(operation: string, status: number, seconds: number): void;
}

/** Prometheus metrics of this process: requests by operation and status, connections by plane, and Node's own. */
export function makeMetrics(database: Database): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'milpa_request_duration_seconds', help: 'Duration of requests by operation', labelNames: ['operation'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5], registers: [registry],
  });
  const requests = new Counter({ name: 'milpa_requests_total', help: 'Requests by operation and status', labelNames: ['operation', 'status'], registers: [registry] });
  new Gauge({
    name: 'milpa_database_connections', help: 'Database connections by plane and state', labelNames: ['plane', 'state'], registers: [registry],
    collect() {
      for (const [plane, usage] of Object.entries(database.usage())) {
        this.set({ plane, state: 'total' }, usage.total);
        this.set({ plane, state: 'idle' }, usage.idle);
        this.set({ plane, state: 'waiting' }, usage.waiting);
      }
    },
  });
  return {
    registry,
    observe(operation, status, duration) {
      seconds.observe({ operation }, duration);
      requests.inc({ operation, status: String(status) });
    },
  };
}
