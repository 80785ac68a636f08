/** When what is typed goes to the server, and what is known about it meanwhile. Pure: time and network are in `use-autosave.ts`. */
import type { ProblemDocument } from '@milpa/kernel/contract';

/** What somebody else saved meanwhile. */
export interface Theirs<Fields> { version: number; fields: Fields; by: string | null; at: string }

export interface Saving<Fields> {
  /**
   * saved: the server has all of it · unsaved: it will be sent in a moment · saving: on its way · offline, signedOut, refused: it could not be
   * sent, and is tried again · conflict: somebody else saved first, and the author has to choose.
   */
  phase: 'saved' | 'unsaved' | 'saving' | 'offline' | 'signedOut' | 'refused' | 'conflict';
  /** The version of the server's that the text stands on. */
  version: number;
  /** Counts edits: how many there were, how many the last message carried, and how many the server has. */
  edits: number;
  sent: number;
  stored: number;
  savedAt: string | null;
  theirs: Theirs<Fields> | null;
  /** The next message replaces what somebody else wrote: theirs is to stay in the history. */
  replaces: boolean;
  problem: ProblemDocument | null;
}

export type SavingEvent<Fields> =
  | { kind: 'edited' }
  | { kind: 'sending' }
  | { kind: 'stored'; version: number; at: string }
  | { kind: 'failed'; why: 'offline' | 'signedOut' }
  | { kind: 'refused'; problem: ProblemDocument }
  | { kind: 'overtaken'; theirs: Theirs<Fields> }
  | { kind: 'keepMine' }
  | { kind: 'takeTheirs' }
  /** Text from this device that stands on a version, perhaps an old one. */
  | { kind: 'recovered'; version: number };

export const inStep = (version: number): Saving<never> =>
  ({ phase: 'saved', version, edits: 0, sent: 0, stored: 0, savedAt: null, theirs: null, replaces: false, problem: null });

/** Whether there is something to send, and nothing on its way or in the way. */
export const maySend = ({ phase, edits, stored }: Saving<unknown>): boolean => edits > stored && phase !== 'saving' && phase !== 'conflict';

export function saving<Fields>(state: Saving<Fields>, event: SavingEvent<Fields>): Saving<Fields> {
  switch (event.kind) {
    case 'edited': return { ...state, edits: state.edits + 1, phase: state.phase === 'saved' || state.phase === 'refused' ? 'unsaved' : state.phase };
    case 'sending': return maySend(state) ? { ...state, phase: 'saving', sent: state.edits, problem: null } : state;
    case 'stored':
      return { ...state, phase: state.edits > state.sent ? 'unsaved' : 'saved', version: event.version, stored: state.sent, savedAt: event.at, replaces: false };
    case 'failed': return { ...state, phase: event.why };
    case 'refused': return { ...state, phase: 'refused', problem: event.problem };
    case 'overtaken': return { ...state, phase: 'conflict', theirs: event.theirs };
    case 'keepMine': return state.theirs ? { ...state, phase: 'unsaved', version: state.theirs.version, theirs: null, replaces: true } : state;
    case 'takeTheirs': return state.theirs ? { ...state, phase: 'saved', version: state.theirs.version, stored: state.edits, sent: state.edits, savedAt: state.theirs.at, theirs: null } : state;
    case 'recovered': return { ...state, phase: 'unsaved', version: event.version, edits: state.edits + 1 };
  }
}
