/**
 * Errors that a caller can act on. Each module keeps its codes in `problems.ts`, with status and text in every language;
 * the mapping to HTTP is here and nowhere else.
 */
import format from 'icu-minify/format';
import compile from 'icu-minify/compile';
import type { CompiledMessage } from 'icu-minify/format';
import type { Locale, ProblemDocument } from './contract.ts';

export type ProblemParams = Record<string, string | number>;
export interface ProblemText { title: string; detail: string }
export interface ProblemDefinition { status: number; text: Record<Locale, ProblemText> }

const registry = new Map<string, { status: number; text: Record<Locale, { title: CompiledMessage; detail: CompiledMessage }> }>();

/** Registers a module's problems under `module.code`. Text is ICU MessageFormat; returns the full codes. */
export function defineProblems<const K extends string>(module: string, definitions: Record<K, ProblemDefinition>): Record<K, string> {
  const codes = {} as Record<K, string>;
  for (const [name, definition] of Object.entries<ProblemDefinition>(definitions)) {
    const code = `${module}.${name}`;
    const text = Object.fromEntries(Object.entries(definition.text).map(([locale, { title, detail }]) =>
      [locale, { title: compile(title), detail: compile(detail) }])) as Record<Locale, { title: CompiledMessage; detail: CompiledMessage }>;
    registry.set(code, { status: definition.status, text });
    codes[name as K] = code;
  }
  return codes;
}

export const problemCodes = (): string[] => [...registry.keys()];

export interface FieldProblem { path: string; code: string; params?: ProblemParams }

/** A typed failure with a stable code. Thrown by use cases; becomes an RFC 9457 document at the edge. */
export class Problem extends Error {
  readonly code: string;
  readonly params: ProblemParams;
  readonly fields: FieldProblem[];
  readonly headers: Record<string, string>;

  constructor(code: string, options: { params?: ProblemParams; fields?: FieldProblem[]; headers?: Record<string, string>; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.params = options.params ?? {};
    this.fields = options.fields ?? [];
    this.headers = options.headers ?? {};
  }

  get status(): number { return registry.get(this.code)?.status ?? 500; }

  /** The document for a reader of `locale`. */
  document(locale: Locale, requestId?: string): ProblemDocument {
    const { title, detail } = problemText(this.code, locale, this.params);
    const document: ProblemDocument = { type: `urn:milpa:problem:${this.code}`, title, status: this.status, detail, code: this.code };
    if (requestId) document.requestId = requestId;
    if (this.fields.length > 0) {
      document.fields = this.fields.map((field) => ({ path: field.path, code: field.code, message: problemText(`field.${field.code}`, locale, field.params).detail }));
    }
    return document;
  }
}

/** Title and detail of a code in a language; an unregistered code reads as an unexpected failure. */
export function problemText(code: string, locale: Locale, params: ProblemParams = {}): ProblemText {
  const known = registry.get(code) ?? registry.get(code.startsWith('field.') ? 'field.invalid' : 'kernel.unexpected');
  if (!known) return { title: code, detail: code };
  const { title, detail } = known.text[locale];
  return { title: say(title, locale, params), detail: say(detail, locale, params) };
}

/** Arabic is written with Arabic digits, here as on screens. */
const written = (locale: Intl.LocalesArgument): Intl.LocalesArgument => (locale === 'ar' ? 'ar-EG' : locale);

const formatters = {
  getDateTimeFormat: (locale?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(written(locale), options),
  getNumberFormat: (locale?: Intl.LocalesArgument, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(written(locale), options),
  getPluralRules: (locale?: Intl.LocalesArgument, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(written(locale), options),
};

/** A text in ICU MessageFormat with its gaps filled, for what is said outside of screens. */
export const formatMessage = (text: string, locale: Locale, params: ProblemParams = {}): string => say(compile(text), locale, params);

const say = (message: CompiledMessage, locale: Locale, params: ProblemParams) => String(format(message, locale, params, { formatters }));
