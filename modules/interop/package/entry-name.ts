import yauzl from 'yauzl';

const UTF8_FLAG = 0x800;

/**
 * The name of a zip entry. The format says CP437 unless a flag says UTF-8, but many programs write UTF-8 without the flag:
 * bytes that are valid UTF-8 are taken for it, since CP437 text with accents practically never is.
 */
export function decodeEntryName(entry: yauzl.Entry): string {
  const raw = entry.fileNameRaw;
  if (entry.generalPurposeBitFlag & UTF8_FLAG || isUtf8(raw)) return raw.toString('utf8');
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, true);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
