/** The modules of this installation, in the order in which their tables depend on each other. */
import { fileURLToPath } from 'node:url';
import type { MigrationSource } from '@milpa/kernel';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}/migrations`, import.meta.url));

export const moduleNames = ['tenancy', 'identity', 'media', 'catalog', 'learning', 'messaging', 'interop'] as const;

/** The migrations of the kernel and of every module. */
export const migrationSources: MigrationSource[] = [
  { module: 'kernel', directory: folder('packages/kernel') },
  ...moduleNames.map((module) => ({ module, directory: folder(`modules/${module}`) })),
];
