/** What the build takes out of a browser's first load. */
import { join } from 'node:path';
import type { Plugin } from 'vite';

const drawing = /[\\/]lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/][\w-]+\.mjs$/;

/** Makes of the icons' package what pages need of it: drawings, which the stylesheet sizes and colours. */
export const plainIcons = (): Plugin => ({
  name: 'milpa:plain-icons',
  enforce: 'pre',
  resolveId: (source, importer) => (importer && drawing.test(importer) && source.endsWith('/createLucideIcon.mjs') ? join(import.meta.dirname, 'app/icon.ts') : null),
  // Names and keys are of no use to a drawing whose parts stand still.
  transform: (code, id) => (drawing.test(id) ? { code: code.replace(/,\s*key: "\w+"/g, '').replace(/name: "[\w-]+",\s*size: 24,/, '').replace(/,\s*aliases: \[[^\]]*\]/, '').replace('__iconData.node;', ''), map: null } : null),
});

/** What an `at-once.ts` gives out, the server's pages show at once; browsers have nothing of it, and fetch it later by the way that its user names. */
export const serverAlone = (): Plugin => ({
  name: 'milpa:server-alone',
  enforce: 'pre',
  transform(code, id) {
    if (this.environment.name !== 'client' || !/\/app\/.+\/at-once\.ts$/.test(id)) return null;
    return { code: code.replace(/export \{([^}]*)\} from .*/g, (_, names: string) => `export const ${names.split(',').map((name) => `${name.trim()} = null`).join(', ')};`), map: null };
  },
});
