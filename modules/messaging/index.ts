/** Nobody calls this module: it listens. */
import './tables.ts';

export * from './contract.ts';
