import { endpoint } from '@milpa/kernel/contract';
import { z } from 'zod';

/** How somebody likes to read lessons. `auto` follows the appearance of the whole site. */
export const readingPreference = z.strictObject({
  size: z.enum(['small', 'normal', 'large', 'larger', 'largest']),
  spacing: z.enum(['normal', 'loose', 'looser']),
  measure: z.enum(['narrow', 'normal', 'wide']),
  ground: z.enum(['auto', 'paper', 'warm', 'contrast', 'night']),
  font: z.enum(['book', 'plain']),
  justify: z.boolean(),
}).meta({ id: 'ReadingPreference' });
export type ReadingPreference = z.infer<typeof readingPreference>;

export const getReadingPreference = endpoint({
  id: 'learning.getReadingPreference', method: 'GET', path: '/reading-preference', summary: 'How I like to read; null until I have chosen', access: 'enrollment:read:own',
  response: z.object({ preference: readingPreference.nullable() }),
});
export const setReadingPreference = endpoint({
  id: 'learning.setReadingPreference', method: 'PUT', path: '/reading-preference', summary: 'Keep how I like to read', access: 'progress:update:own', status: 204,
  body: readingPreference, response: z.void(), unaudited: 'how somebody reads is theirs',
});
