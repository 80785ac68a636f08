import { expect, test } from 'vitest';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { compress, encodingFor } from './compression.ts';

test('the cheapest encoding that a browser takes is chosen', () => {
  expect([undefined, '', 'identity', 'deflate', '*', 'gzip', 'gzip, deflate, br', 'gzip, deflate, br, zstd', 'GZIP;q=0.5, br;q=0, zstd; q=0.0'].map(encodingFor))
    .toEqual([null, null, null, null, null, 'gzip', 'br', 'zstd', 'gzip']);
});

test('what is compressed is the same again, and what is short stays as it is', async () => {
  const text = 'A field is read before it is sown. '.repeat(100);
  const decoders = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };
  for (const [name, decode] of Object.entries(decoders)) {
    const { body, encoding } = await compress(Buffer.from(text), name);
    expect([encoding, decode(body).toString()]).toEqual([name, text]);
    expect(body.length).toBeLessThan(text.length / 10);
  }
  expect(await compress(Buffer.from('short'), 'br')).toEqual({ body: Buffer.from('short'), encoding: null });
});
