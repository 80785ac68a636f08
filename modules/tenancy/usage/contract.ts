import { endpoint, nothing, operators, timestamp } from '@milpa/kernel/contract';
import { z } from 'zod';

const access = operators('concerns the whole installation');

export const usageDay = z.object({ day: z.string(), tenants: z.int(), members: z.int(), courses: z.int(), storageBytes: z.int() }).meta({ id: 'UsageDay' });
export type UsageDay = z.infer<typeof usageDay>;

export const getGrowth = endpoint({
  id: 'tenancy.getGrowth', method: 'GET', path: '/operator/growth', plane: 'control', access,
  summary: 'All open organisations together, day by day (UTC) since the first that was counted; a day without a count is as the one before',
  query: z.object({ days: z.coerce.number().int().min(2).max(730).default(90) }),
  response: z.object({ days: z.array(usageDay), countedAt: timestamp.nullable() }),
});
export const countUsage = endpoint({
  id: 'tenancy.countUsage', method: 'POST', path: '/operator/usage-counts', plane: 'control', summary: 'Count now what every organisation uses, instead of at the next full hour', access, status: 202, response: nothing,
});
