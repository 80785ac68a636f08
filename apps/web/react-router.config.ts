import type { Config } from '@react-router/dev/config';
import { buildDirectory, buildDirectoryVariable } from './assets.ts';
import { messageTypes } from './i18n/types.ts';

export default {
  ssr: true,
  buildDirectory: process.env[buildDirectoryVariable] ?? buildDirectory,
  // The whole route list is one small hashed asset: no discovery requests, and nothing of it in the HTML.
  routeDiscovery: { mode: 'initial' },
  presets: [messageTypes()],
} satisfies Config;
