/** A start reads, compiles and looks through everything once. What that took is given back when it is over, since a server that rests has no reason to collect it by itself. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const quietMs = 5000;

/** Collects garbage once, some seconds from now: about 50 ms for a quarter of the memory. */
export function giveBackSoon(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    setFlagsFromString('--no-expose-gc');
  }, quietMs).unref();
}
