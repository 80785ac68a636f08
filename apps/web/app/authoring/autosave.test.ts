import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inStep, maySend, saving, type Saving, type SavingEvent } from './autosave.ts';

type Event = SavingEvent<string>;
const theirs = { version: 9, fields: 'theirs', by: 'Ana', at: '2026-01-01T10:00:00Z' };
const stored = (version: number): Event => ({ kind: 'stored', version, at: '2026-01-01T09:00:00Z' });
const after = (...events: Event[]): Saving<string> => events.reduce<Saving<string>>(saving, inStep(1));
const [edited, sending, offline, signedOut, overtaken, keepMine, takeTheirs]: Event[] = [
  { kind: 'edited' }, { kind: 'sending' }, { kind: 'failed', why: 'offline' }, { kind: 'failed', why: 'signedOut' }, { kind: 'overtaken', theirs }, { kind: 'keepMine' }, { kind: 'takeTheirs' },
] as const satisfies Event[];

describe('text goes to the server', () => {
  test('once it is typed, and the next message stands on the new version', () => {
    expect(after(edited!, sending!)).toMatchObject({ phase: 'saving', version: 1 });
    expect(after(edited!, sending!, stored(2))).toMatchObject({ phase: 'saved', version: 2, savedAt: '2026-01-01T09:00:00Z' });
  });
  test('again when more was typed while it was on its way', () => {
    const state = after(edited!, sending!, edited!, stored(2));
    expect(state.phase).toBe('unsaved');
    expect(maySend(state)).toBe(true);
  });
  test.each([['offline', offline!], ['signedOut', signedOut!]])('later, when it could not be sent: %s', (phase, failed) => {
    const state = after(edited!, sending!, failed, edited!);
    expect(state.phase).toBe(phase);
    expect(maySend(state)).toBe(true);
    expect(saving(saving(state, sending!), stored(2))).toMatchObject({ phase: 'saved', version: 2 });
  });
  test('not while it is on its way already, and not when there is nothing new', () => {
    expect(maySend(after(edited!, sending!))).toBe(false);
    expect(maySend(after())).toBe(false);
    expect(after(sending!)).toEqual(after());
  });
});

describe('when somebody else was first', () => {
  const stuck = after(edited!, sending!, overtaken!, edited!);
  test('nothing is sent until the author has chosen', () => {
    expect(stuck).toMatchObject({ phase: 'conflict', theirs });
    expect(maySend(stuck)).toBe(false);
  });
  test('mine replaces theirs, which is asked to be kept', () => {
    const mine = saving(stuck, keepMine!);
    expect(mine).toMatchObject({ phase: 'unsaved', version: 9, replaces: true });
    expect(maySend(mine)).toBe(true);
    expect(saving(saving(mine, sending!), stored(10))).toMatchObject({ phase: 'saved', replaces: false });
  });
  test('theirs stands, and nothing is sent', () => {
    const taken = saving(stuck, takeTheirs!);
    expect(taken).toMatchObject({ phase: 'saved', version: 9, theirs: null });
    expect(maySend(taken)).toBe(false);
  });
});

test('text found on this device stands on the version that it was written on', () => {
  const state = saving(inStep(5) as Saving<string>, { kind: 'recovered', version: 3 });
  expect(state).toMatchObject({ phase: 'unsaved', version: 3 });
  expect(maySend(state)).toBe(true);
});

test('whatever happens in whatever order, “saved” is said only when the server has every edit, and a conflict never sends', () => {
  const events = fc.constantFrom<Event>(edited!, sending!, stored(7), offline!, signedOut!, overtaken!, keepMine!, takeTheirs!, { kind: 'refused', problem: {} as never });
  fc.assert(fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
    let state: Saving<string> = inStep(1);
    for (const event of happened) {
      // The network answers only what was sent.
      const answers = ['stored', 'failed', 'refused', 'overtaken'].includes(event.kind);
      if (answers && state.phase !== 'saving') continue;
      state = saving(state, event);
      if (state.phase === 'saved') expect(state.stored).toBe(state.edits);
      if (state.phase === 'conflict') expect(maySend(state)).toBe(false);
      if (state.edits > state.stored) expect(state.phase).not.toBe('saved');
    }
  }));
});
