/** Sends what is typed a moment after typing stops, on leaving, and again when the connection or the session is back. */
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import type { ProblemDocument } from '@milpa/kernel/contract';
import { inStep, maySend, saving, type Saving, type SavingEvent, type Theirs } from './autosave.ts';
import { forget, keep, kept, type Kept } from './device.ts';

const pause = 1000;
const again = 8000;
/** A page that is left may still send this much. */
const keepaliveBytes = 60_000;

interface AutosaveOptions<Fields> {
  /** Names what is written, on this device. */
  key: string;
  version: number;
  fields: Fields;
  url: string;
  /** What is sent; `replaces` when theirs is to stay in the history. */
  body: (fields: Fields, replaces: boolean) => unknown;
  /** What stands on the server, after somebody else was first; null when it cannot be had. */
  latest: () => Promise<Theirs<Fields> | null>;
}

export interface Autosave<Fields> {
  state: Saving<Fields>;
  /** Text of an earlier visit that never reached the server. */
  found: Kept<Fields> | null;
  edited: (fields: Fields) => void;
  saveNow: () => void;
  keepMine: () => void;
  /** Theirs stands from now on; gives back what was mine, which stays on this device. */
  takeTheirs: () => void;
  takeFound: () => Fields | null;
  dropFound: () => void;
}

export function useAutosave<Fields>({ key, version, fields: initial, url, body, latest }: AutosaveOptions<Fields>): Autosave<Fields> {
  const [state, dispatch] = useReducer(saving<Fields>, inStep(version) as Saving<Fields>);
  const [found, setFound] = useState<Kept<Fields> | null>(null);
  const now = useRef({ state, fields: initial, body, latest });
  useLayoutEffect(() => { Object.assign(now.current, { body, latest }); });
  const tell = useCallback((event: SavingEvent<Fields>) => {
    now.current.state = saving(now.current.state, event);
    dispatch(event);
  }, []);
  const store = useCallback(() => {
    const { state: { edits, stored, version: base }, fields } = now.current;
    if (edits > stored) keep(key, { fields, version: base, at: new Date().toISOString() });
  }, [key]);

  const send = useCallback(async (leaving = false) => {
    if (!maySend(now.current.state)) return;
    tell({ kind: 'sending' });
    const { state: { version: base, replaces }, fields } = now.current;
    const text = JSON.stringify(now.current.body(fields, replaces));
    try {
      const response = await fetch(url, {
        method: 'PATCH', headers: { 'content-type': 'application/json', accept: 'application/json', 'if-match': `"${base}"` }, body: text, keepalive: leaving && text.length < keepaliveBytes,
      });
      const answer = await response.json() as { version: number; updatedAt: string } & ProblemDocument;
      if (response.ok) {
        tell({ kind: 'stored', version: answer.version, at: answer.updatedAt });
        if (now.current.state.phase === 'saved') forget(key);
        else store();
      } else if (response.status === 401) tell({ kind: 'failed', why: 'signedOut' });
      else if (answer.code === 'kernel.version_conflict') {
        const theirs = await now.current.latest();
        tell(theirs ? { kind: 'overtaken', theirs } : { kind: 'failed', why: 'offline' });
      } else tell({ kind: 'refused', problem: answer });
    } catch {
      tell({ kind: 'failed', why: 'offline' });
    }
  }, [key, url, store, tell]);

  const edited = useCallback((fields: Fields) => {
    now.current.fields = fields;
    tell({ kind: 'edited' });
  }, [tell]);

  // What is found when the page opens.
  useEffect(() => {
    const before = kept<Fields>(key);
    if (!before) return;
    if (JSON.stringify(before.fields) === JSON.stringify(now.current.fields)) forget(key);
    else setFound(before);
  }, [key]);

  // A moment after the last edit, and again where it failed.
  useEffect(() => {
    const waits = { unsaved: pause, offline: again, signedOut: again, refused: 0, saved: 0, saving: 0, conflict: 0 }[state.phase];
    const keeping = setTimeout(store, 250);
    const sending = waits ? setTimeout(() => void send(), waits) : undefined;
    return () => { clearTimeout(keeping); clearTimeout(sending); };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- every edit begins the pause anew
  }, [state.phase, state.edits, send, store]);

  // On leaving, and on coming back: by then there may be a connection or a session again.
  useEffect(() => {
    const leave = () => { store(); void send(true); };
    const back = () => { if (document.visibilityState === 'visible') void send(); else leave(); };
    addEventListener('pagehide', leave);
    addEventListener('online', back);
    document.addEventListener('visibilitychange', back);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('online', back);
      document.removeEventListener('visibilitychange', back);
      leave();
    };
  }, [send, store]);

  return {
    state, found, edited,
    saveNow: () => void send(),
    keepMine: () => { tell({ kind: 'keepMine' }); void send(); },
    takeTheirs: () => {
      const { theirs } = now.current.state;
      if (!theirs) return;
      keep(`${key}:before`, { fields: now.current.fields, version: now.current.state.version, at: new Date().toISOString() });
      now.current.fields = theirs.fields;
      tell({ kind: 'takeTheirs' });
      forget(key);
    },
    takeFound: () => {
      if (!found) return null;
      now.current.fields = found.fields;
      tell({ kind: 'recovered', version: found.version });
      setFound(null);
      return found.fields;
    },
    dropFound: () => { setFound(null); forget(key); },
  };
}
