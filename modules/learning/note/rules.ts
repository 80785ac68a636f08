import type { NoteInput } from './contract.ts';

/** Notes and bookmarks that one member may have in one course. */
export const most = 2000;

/** Whether there is something to keep: a note says something, a bookmark only stands. */
export const saysSomething = ({ kind, text }: Pick<NoteInput, 'kind' | 'text'>): boolean => kind === 'bookmark' || text !== '';
