/** Load on a server of this machine: so many connections for so many seconds, over many hosts. Prints one line of JSON. */
import autocannon from 'autocannon';
import { z } from 'zod';

const options = z.object({
  port: z.number(), connections: z.number().max(256), seconds: z.number().max(60),
  requests: z.array(z.object({ path: z.string(), headers: z.record(z.string(), z.string()) })),
}).parse(JSON.parse(process.argv[2] ?? '{}'));

const result = await autocannon({
  url: `http://127.0.0.1:${options.port}`, connections: options.connections, duration: options.seconds,
  requests: options.requests.map(({ path, headers }) => ({ method: 'GET' as const, path, headers })),
});
console.log(JSON.stringify({
  perSecond: result.requests.average, p50: result.latency.p50, p97: result.latency.p97_5, max: result.latency.max, bytes: Math.round(result.throughput.total / Math.max(1, result.requests.total)),
  failed: result.non2xx + result.errors + result.timeouts,
}));
