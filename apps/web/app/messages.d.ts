declare module 'virtual:messages/all' {
  import type { CompiledMessage } from 'icu-minify/format';
  import type { Locale } from '@milpa/kernel/contract';
  const messages: Record<Locale, Record<string, CompiledMessage>>;
  export default messages;
}

declare module 'virtual:messages/loaders' {
  import type { CompiledMessage } from 'icu-minify/format';
  const loaders: Record<string, () => Promise<{ default: Record<string, CompiledMessage> }>>;
  export default loaders;
}
