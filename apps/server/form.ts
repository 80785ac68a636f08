/** Forms as browsers send them, with or without files. Files are received to a temporary place before anything else happens. */
import type { Readable } from 'node:stream';
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
const maxFields = 1000;
const maxFiles = 5;

/** @throws Problem `kernel.too_large`, `kernel.unsupported_media_type`, `kernel.malformed_request`. */
export async function readForm(request: FastifyRequest, limits: Pick<ApiOptions, 'spoolDirectory' | 'maxUploadBytes'>): Promise<Form> {
  const type = request.headers['content-type'] ?? '';
  const body = request.body as Readable | undefined;
  if (!body) return { fields: new URLSearchParams(), uploads: new Map(), discard: async () => {} };
  if (type.startsWith('application/x-www-form-urlencoded')) return { fields: await urlEncoded(body), uploads: new Map(), discard: async () => {} };
  if (type.startsWith('multipart/form-data')) return readMultipart(request, body, limits);
  throw new Problem(problems.unsupported_media_type);
}

async function urlEncoded(body: Readable): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the request: its connection could neither bring the answer nor serve again.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > maxFieldBytes) break;
    chunks.push(chunk as Buffer);
  }
  body.resume();
  const text = Buffer.concat(chunks).toString('utf8');
  if (size > maxFieldBytes || text.split('&', maxFields + 1).length > maxFields) throw new Problem(problems.too_large);
  return new URLSearchParams(text);
}

async function readMultipart(request: FastifyRequest, body: Readable, { spoolDirectory, maxUploadBytes }: Pick<ApiOptions, 'spoolDirectory' | 'maxUploadBytes'>): Promise<Form> {
  const parser = parserOf(request.headers['content-type'] ?? '');
  const fields = new URLSearchParams();
  const uploads = new Map<string, Upload>();
  const files: Readable[] = [];
  const spooling: Promise<void>[] = [];
  const discardAll = async () => { await Promise.all([...uploads.values()].map(discard)); };
  // Room on the disk is for members: files of others are read past, and the page then says what they may not do.
  const keepsFiles = request.milpa?.actor.memberId != null;
  try {
    await new Promise<void>((resolve, reject) => {
      const malformed = () => reject(new Problem(problems.malformed_request));
      parser.on('field', (name: string, value: string) => { fields.append(name, value); });
      parser.on('file', (field: string, file: Readable, name: string | undefined, _encoding: string, mediaType: string) => {
        // A file that is cut short says so at once, perhaps before its receiver listens. Unheard, that would end the process.
        file.on('error', malformed);
        if (!keepsFiles) return file.resume();
        files.push(file);
        const received = spool(file, { name: name ?? '', mediaType }, spoolDirectory, maxUploadBytes).then(async (upload) => {
          const before = uploads.get(field);
          if (!name || upload.size === 0 || before) return discard(upload);
          uploads.set(field, upload);
        });
        received.catch((error: unknown) => reject(error instanceof Error ? error : new Error(String(error))));
        spooling.push(received);
      });
      for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit']) parser.on(limit, () => reject(new Problem(problems.too_large)));
      parser.on('error', malformed);
      parser.on('finish', () => resolve());
      body.on('error', malformed);
      body.pipe(parser);
    });
    await Promise.all(spooling);
    return { fields, uploads, discard: discardAll };
  } catch (error) {
    // Nobody waits for the rest of a file any more; what still comes is read past, so that the sender can read the answer.
    body.unpipe(parser);
    body.resume();
    for (const file of files) file.destroy(error as Error);
    await Promise.allSettled(spooling);
    await discardAll();
    throw error;
  }
}

/** @throws Problem `kernel.malformed_request` for a form that doesn't say where its parts end. */
function parserOf(contentType: string): InstanceType<typeof Busboy> {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: { fieldSize: maxFieldBytes, fields: maxFields, files: maxFiles, parts: maxFields + maxFiles } });
  } catch {
    throw new Problem(problems.malformed_request);
  }
}
