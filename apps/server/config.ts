import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { nearest } from './nearest.ts';

/** Everything that the environment decides, checked and typed. Only this module reads it. */
export interface Config {
  environment: 'development' | 'production' | 'test';
  port: number;
  /** the address that the server listens on */
  host: string;
  /** where the installation is found from outside, without a trailing slash */
  baseUrl: string;
  /** host and port of `baseUrl`; a tenant lives at `<slug>.<baseHost>` */
  baseHost: string;
  /** the folder for all that the installation keeps, absolute */
  dataDir: string;
  /** the owner's connection to a PostgreSQL that somebody else runs; null for the embedded one */
  databaseUrl: string | null;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** null: `loadSecret` keeps one in the data folder */
  secret: string | null;
  /** null keeps mail in the local outbox */
  smtpUrl: string | null;
  /** null switches tracing off */
  otlpEndpoint: string | null;
  /** whose `X-Forwarded-*` headers count: nobody's, everybody's, those of this many nearest hops, or these addresses' */
  trustProxy: boolean | number | string[];
  /** bearer token for `/metrics`; null serves it to this machine alone, and in production to nobody */
  metricsToken: string | null;
  /** requests in a minute from one address, and of one member */
  requestsPerMinute: { address: number; member: number };
  /** processes that answer requests */
  workers: number;
  /** requests that may be pending at a time; who comes after them is told to come again */
  maxPendingRequests: number;
  /** megabytes of answers that are kept in memory; 0 keeps none */
  answerCacheMegabytes: number;
  /** what looks like a slip, for the log */
  warnings: string[];
}

/** The exit code for a wrong configuration (EX_CONFIG in sysexits.h). */
export const configExitCode = 78;

/** A wrong environment. The message lists each variable, what was given and what is accepted. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const environments = ['development', 'production', 'test'] as const;
const minimumSecretLength = 32;
/** Variables whose values never appear in a message. */
const confidential = new Set(['SECRET', 'DATABASE_URL', 'SMTP_URL', 'METRICS_TOKEN']);

const url = (accepted: string, ...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), accepted);

const isOrigin = (value: string): boolean => {
  const parsed = URL.parse(value);
  return parsed !== null && parsed.pathname === '/' && parsed.search === '' && parsed.hash === '' && parsed.username === '';
};

const positive = (accepted: string) => z.string().regex(/^[1-9]\d{0,8}$/, accepted).transform(Number);
const perMinute = positive('a whole number of requests in a minute, such as 600');

const variables = z.object({
  NODE_ENV: z.enum(environments, `one of ${environments.join(', ')}`).default('development'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a whole number from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535, 'a whole number from 1 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'an address to listen on, such as 127.0.0.1, 0.0.0.0 or ::')
    .optional(),
  BASE_URL: url('an address such as https://learn.example.org, without a path', 'http:', 'https:')
    .refine(isOrigin, 'an address such as https://learn.example.org, without a path')
    .optional(),
  MILPA_DATA: z.string().default('.milpa'),
  DATABASE_URL: url('a connection such as postgres://owner:password@host:5432/milpa', 'postgres:', 'postgresql:').optional(),
  LOG_LEVEL: z.enum(logLevels, `one of ${logLevels.join(', ')}`).optional(),
  SECRET: z
    .string()
    .min(minimumSecretLength, `at least ${minimumSecretLength} random characters, such as "openssl rand -base64 32" prints`)
    .optional(),
  SMTP_URL: url('a mail server such as smtps://user:password@mail.example.org:465', 'smtp:', 'smtps:').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('an address such as http://localhost:4318', 'http:', 'https:').optional(),
  TRUST_PROXY: z.string().transform(parseTrustProxy).default(false),
  RATE_LIMIT_ADDRESS: perMinute.default(1200),
  RATE_LIMIT_MEMBER: perMinute.default(600),
  ANSWER_CACHE_MB: z.string().regex(/^\d{1,5}$/, 'a whole number of megabytes, such as 64, or 0').transform(Number).default(64),
  WORKERS: z.string().regex(/^[1-9]\d?$/, 'a whole number of processes from 1 to 99').transform(Number).default(1),
  MAX_PENDING_REQUESTS: positive('a whole number of requests at a time, such as 200').default(200),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
});

function parseTrustProxy(value: string, context: z.RefinementCtx<string>): boolean | number | string[] {
  if (value === 'true') return true;
  if (value === 'false') return false;
  if (/^\d{1,2}$/.test(value)) return Number(value);
  const addresses = value.split(',').map((address) => address.trim());
  if (addresses.every((address) => /^[\da-f.:]+(\/\d{1,3})?$/i.test(address))) return addresses;
  context.addIssue('true, false, the number of proxies in front of the server, or their addresses separated by commas');
  return z.NEVER;
}

/**
 * Reads the configuration from an environment. A variable that is empty counts as absent.
 * @throws ConfigError that names every wrong variable at once
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const result = variables.safeParse(given);
  if (!result.success) throw new ConfigError(describe(result.error, given));
  const values = result.data;
  const isProduction = values.NODE_ENV === 'production';
  const baseUrl = new URL(values.BASE_URL ?? `http://localhost:${values.PORT}`);
  return {
    environment: values.NODE_ENV,
    port: values.PORT,
    host: values.HOST ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
    baseUrl: baseUrl.origin,
    baseHost: baseUrl.host,
    dataDir: path.resolve(values.MILPA_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    logLevel: values.LOG_LEVEL ?? (values.NODE_ENV === 'test' ? 'silent' : 'info'),
    secret: values.SECRET ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    trustProxy: values.TRUST_PROXY,
    metricsToken: values.METRICS_TOKEN ?? null,
    requestsPerMinute: { address: values.RATE_LIMIT_ADDRESS, member: values.RATE_LIMIT_MEMBER },
    workers: values.WORKERS,
    maxPendingRequests: values.MAX_PENDING_REQUESTS,
    answerCacheMegabytes: values.ANSWER_CACHE_MB,
    warnings: [
      ...unknownVariables(given),
      ...(isProduction && !values.SMTP_URL ? ['SMTP_URL is not set: mail is kept in the database and reaches nobody'] : []),
      ...(isProduction && !values.BASE_URL ? ['BASE_URL is not set: the installation is only found at http://localhost'] : []),
    ],
  };
}

function describe(error: z.ZodError, given: Record<string, string | undefined>): string {
  const wrong = new Map(error.issues.toReversed().map((issue) => [String(issue.path[0]), issue.message]));
  const lines = [...wrong].toReversed().map(([name, accepted]) => {
    const value = confidential.has(name) ? 'a value that is not shown here' : JSON.stringify(given[name]);
    return `  ${name} is ${value}; accepted is ${accepted}.`;
  });
  return `The configuration is wrong:\n${lines.join('\n')}`;
}

function unknownVariables(given: Record<string, string | undefined>): string[] {
  const known = Object.keys(variables.shape);
  return Object.keys(given)
    .filter((name) => name.startsWith('MILPA_') && !known.includes(name))
    .map((name) => {
      const meant = nearest(name, [...known, ...known.map((other) => `MILPA_${other}`)])?.replace(/^MILPA_(?!DATA$)/, '');
      return `${name} is not a variable of this program and has no effect${meant ? `; did you mean ${meant}?` : ''}`;
    });
}

/**
 * The installation's secret: the one configured, or one that is made once and kept in the data folder for its owner alone.
 * Sign-ins and links that were sent are only valid with the same secret.
 * @throws ConfigError when the kept secret is damaged
 */
export function loadSecret(config: Config): string {
  if (config.secret !== null) return config.secret;
  const file = secretFile(config);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    // "wx" lets exactly one of two servers that start at the same time write it.
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(file, 0o600);
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length >= minimumSecretLength) return secret;
  throw new ConfigError(`The secret in ${file} is damaged. Restore it from a backup, or delete the file: then everybody signs in anew.`);
}

export function secretFile(config: Config): string {
  return path.join(config.dataDir, 'secret');
}
