export { useT, type MessageKey, type PlainMessageKey, type Translate } from './messages.tsx';
export { useFormat } from './format.ts';
