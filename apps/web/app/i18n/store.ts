import type { CompiledMessage } from 'icu-minify/format';

/** Compiled messages of one locale. The server has all; the browser loads a module's when a screen first asks for one. */
export interface MessageStore {
  find(key: string): CompiledMessage | undefined;
  /** Resolves when the messages of a module are there; the same promise every time. Undefined when all are there anyway. */
  load(module: string): Promise<void> | undefined;
}

/** The module that a key or a route id belongs to: its first part. The root of the routes belongs to the shell. */
export function moduleOf(name: string): string {
  return name === 'root' ? 'shell' : (name.split(/[./]/, 1)[0] ?? name);
}

export function completeStore(messages: Record<string, CompiledMessage>): MessageStore {
  return { find: (key) => messages[key], load: () => undefined };
}

type Loader = () => Promise<{ default: Record<string, CompiledMessage> }>;

/** A store that fills itself; `loaders` are named `<locale>/<module>`. */
export function lazyStore(locale: string, loaders: Record<string, Loader>): MessageStore {
  const messages: Record<string, CompiledMessage> = {};
  const loading = new Map<string, Promise<void>>();
  return {
    find: (key) => messages[key],
    load(module) {
      let promise = loading.get(module);
      if (!promise) {
        const loader = loaders[`${locale}/${module}`];
        promise = loader ? loader().then((chunk) => void Object.assign(messages, chunk.default)) : Promise.resolve();
        loading.set(module, promise);
      }
      return promise;
    },
  };
}
