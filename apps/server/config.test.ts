import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, loadSecret, secretFile } from './config.ts';

describe('loadConfig', () => {
  test('needs no variable at all', () => {
    expect(loadConfig({})).toEqual({
      environment: 'development',
      port: 3000,
      requestsPerMinute: { address: 1200, member: 600 },
      maxPendingRequests: 200,
      answerCacheMegabytes: 64,
      host: '127.0.0.1',
      baseUrl: 'http://localhost:3000',
      baseHost: 'localhost:3000',
      dataDir: path.resolve('.milpa'),
      databaseUrl: null,
      logLevel: 'info',
      secret: null,
      smtpUrl: null,
      otlpEndpoint: null,
      trustProxy: false,
      metricsToken: null,
      workers: 1,
      warnings: [],
    });
  });

  test('derives the base address from the port, and the host from the environment', () => {
    expect(loadConfig({ PORT: '8080' }).baseUrl).toBe('http://localhost:8080');
    expect(loadConfig({ NODE_ENV: 'production', BASE_URL: 'https://Learn.example.org/' })).toMatchObject({
      host: '0.0.0.0',
      baseUrl: 'https://learn.example.org',
      baseHost: 'learn.example.org',
    });
  });

  test('takes an empty variable for an absent one', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test.each([
    ['PORT', '0'],
    ['PORT', '70000'],
    ['PORT', '3000x'],
    ['HOST', 'a b'],
    ['BASE_URL', 'example.org'],
    ['BASE_URL', 'https://example.org/school'],
    ['BASE_URL', 'ftp://example.org'],
    ['NODE_ENV', 'prod'],
    ['LOG_LEVEL', 'verbose'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost'],
    ['TRUST_PROXY', 'nginx'],
  ])('names %s, the given value %s, and what is accepted', (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`${name} is ${JSON.stringify(value)}; accepted is .{5,}\\.`));
  });

  test.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/milpa'],
    ['SMTP_URL', 'http://hunter2'],
    ['SECRET', 'hunter2'],
    ['METRICS_TOKEN', 'hunter2'],
  ])('does not repeat the value of %s', (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }));
    expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`${name} is a value that is not shown`));
  });

  test('names every wrong variable at once', () => {
    expect(() => loadConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[^]*LOG_LEVEL/);
  });

  test.each([
    ['true', true],
    ['false', false],
    ['2', 2],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ])('reads TRUST_PROXY %s', (value, trustProxy) => {
    expect(loadConfig({ TRUST_PROXY: value }).trustProxy).toEqual(trustProxy);
  });

  test.each([
    ['MILPA_DATE', 'MILPA_DATA'],
    ['MILPA_PORT', 'PORT'],
    ['MILPA_LOG_LEVL', 'LOG_LEVEL'],
  ])('warns of %s and suggests %s', (name, meant) => {
    expect(loadConfig({ [name]: '1' }).warnings).toEqual([
      `${name} is not a variable of this program and has no effect; did you mean ${meant}?`,
    ]);
  });

  test('warns without a suggestion of what resembles nothing', () => {
    expect(loadConfig({ MILPA_XYZZY_QUUX: '1' }).warnings).toEqual([expect.stringMatching(/has no effect$/)]);
  });
});

describe('loadSecret', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'milpa-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('makes one once, for its owner alone', () => {
    const config = loadConfig({ MILPA_DATA: path.join(folder, 'data') });
    const secret = loadSecret(config);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(loadSecret(config)).toBe(secret);
    expect(statSync(secretFile(config)).mode & 0o777).toBe(0o600);
  });

  test('prefers the configured one', () => {
    const secret = 's'.repeat(32);
    expect(loadSecret(loadConfig({ SECRET: secret, MILPA_DATA: folder }))).toBe(secret);
  });

  test('refuses a damaged one', () => {
    writeFileSync(path.join(folder, 'secret'), 'abc');
    expect(() => loadSecret(loadConfig({ MILPA_DATA: folder }))).toThrow(ConfigError);
  });
});
