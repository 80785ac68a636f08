/** What may be kept of an error: enough to find the fault, nothing that opens a door or names a person. */
const maxLength = 500;

const secrets: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1***@'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/((?:password|passwd|secret|token|api[-_ ]?key|authorization|cookie|signature)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&]+)/gi, '$1***'],
  [/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+\.[^\s<>"'(),;:]+/g, '***'],
  [/\b(?=[A-Za-z_]*\d)\w{32,}\b/g, '***'],
];

/** Masks credentials, tokens and e-mail addresses, and cuts what is left to 500 characters. */
export function redact(text: string): string {
  const masked = secrets.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), text);
  return masked.length > maxLength ? `${masked.slice(0, maxLength - 1)}…` : masked;
}

export interface JobFailure { code?: string; message: string; frames: string[] }

/** An error's code, masked message and call sites. Its other properties are left out: they may hold rows or requests. */
export function failureOf(thrown: unknown): JobFailure {
  if (!(thrown instanceof Error)) return { message: redact(String(thrown)), frames: [] };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: redact(thrown.code) } : {};
  const frames = (thrown.stack ?? '').split('\n').map((line) => line.trim()).filter((line) => line.startsWith('at ')).slice(0, 8);
  return { ...code, message: redact(thrown.message || thrown.name), frames };
}

/** The error as the queue stores it: its message alone, without the stack of the original. */
export function storedError({ code, message }: JobFailure): Error {
  return new Error(code === undefined ? message : `${code}: ${message}`);
}
