/** What the server's page has at once, and browsers fetch later: see `plugins.ts`. */
export { LockedScreen } from './locked.tsx';
export { Attachments, LessonNote, ReadingPanel } from './further-down.tsx';
