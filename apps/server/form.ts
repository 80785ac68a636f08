/** Forms as browsers send them, with or without files. Files are received to a temporary place before anything else happens. */
import { Busboy } from '@fastify/busboy';
import { discard, Problem, problems, spool, type ApiOptions } from '@milpa/kernel';
import type { Upload } from '@milpa/kernel/contract';
import type { FastifyRequest } from 'fastify';

export interface Form {
  fields: URLSearchParams;
  /** By field name; a file input that was left empty is absent. */
  uploads: Map<string, Upload>;
  /** Removes the files; nothing may use them afterwards. */
  discard(): Promise<void>;
}

const maxFieldBytes = 1024 * 1024;

/** @throws Problem `kernel.too_large`, `kernel.unsupported_media_type`, `kernel.malformed_request`. */
export async function readForm(request: FastifyRequest, limits: Pick<ApiOptions, 'spoolDirectory' | 'maxUploadBytes'>): Promise<Form> {
  const type = request.headers['content-type'] ?? '';
  const body = request.body as NodeJS.ReadableStream | undefined;
  if (!body) return { fields: new URLSearchParams(), uploads: new Map(), discard: async () => {} };
  if (type.startsWith('application/x-www-form-urlencoded')) return { fields: new URLSearchParams(await text(body)), uploads: new Map(), discard: async () => {} };
  if (type.startsWith('multipart/form-data')) return readMultipart(request, body, limits);
  throw new Problem(problems.unsupported_media_type);
}

async function text(body: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > maxFieldBytes) throw new Problem(problems.too_large);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function readMultipart(request: FastifyRequest, body: NodeJS.ReadableStream, { spoolDirectory, maxUploadBytes }: Pick<ApiOptions, 'spoolDirectory' | 'maxUploadBytes'>): Promise<Form> {
  const fields = new URLSearchParams();
  const uploads = new Map<string, Upload>();
  const spooling: Promise<void>[] = [];
  const discardAll = async () => { await Promise.all([...uploads.values()].map(discard)); };
  try {
    await new Promise<void>((resolve, reject) => {
      const parser = new Busboy({ headers: { 'content-type': request.headers['content-type'] ?? '' }, limits: { fieldSize: maxFieldBytes, fields: 200, files: 5, parts: 205 } });
      parser.on('field', (name: string, value: string) => { fields.append(name, value); });
      parser.on('file', (field: string, stream: NodeJS.ReadableStream, name: string | undefined, _encoding: string, mediaType: string) => {
        spooling.push(spool(stream as AsyncIterable<Uint8Array>, { name: name ?? '', mediaType }, spoolDirectory, maxUploadBytes).then(async (file) => {
          if (!name || file.size === 0) return discard(file);
          uploads.set(field, file);
        }));
        spooling.at(-1)?.catch((error: unknown) => { stream.resume(); reject(error instanceof Error ? error : new Error(String(error))); });
      });
      for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit']) parser.on(limit, () => reject(new Problem(problems.too_large)));
      parser.on('error', () => reject(new Problem(problems.malformed_request)));
      parser.on('finish', () => resolve());
      body.on('error', reject);
      body.pipe(parser);
    });
    await Promise.all(spooling);
    return { fields, uploads, discard: discardAll };
  } catch (error) {
    await Promise.allSettled(spooling);
    await discardAll();
    throw error;
  }
}
