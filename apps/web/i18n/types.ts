/** Writes the types of all message keys and their parameters, from the English catalogues. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Preset } from '@react-router/dev/config';
import { modulesWithMessages, readCatalogue } from './catalogues.ts';
import { readParameters, type ParameterKind } from './parameters.ts';

const typeOf: Record<ParameterKind, string> = {
  text: 'string | number',
  number: 'number',
  date: 'Date',
  choice: 'string',
  tag: 'Chunks',
};

/** Runs whenever React Router reads its configuration: with `typegen`, with `build` and in development. */
export function messageTypes(): Preset {
  return {
    name: 'message-types',
    reactRouterConfigResolved() {
      const directory = join(import.meta.dirname, '../.react-router');
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'messages.d.ts'), declaration());
    },
  };
}

function declaration(): string {
  const keys = modulesWithMessages().flatMap((module) => Object.entries(readCatalogue(module, 'en')).map(property));
  return `declare module 'virtual:messages' {
  import type { ReactNode } from 'react';
  type Chunks = (chunks: ReactNode[]) => ReactNode;
  export interface Messages {
${keys.join('\n')}
  }
}
`;
}

function property([key, message]: [string, string]): string {
  const parameters = [...readParameters(message).parameters].map(([name, kind]) => `${JSON.stringify(name)}: ${typeOf[kind]}`);
  return `    ${JSON.stringify(key)}: { ${parameters.join('; ')} };`;
}
