export * from './tenant/contract.ts';
export * from './plan/contract.ts';
export * from './usage/contract.ts';
export * from './domain/contract.ts';
export * from './settings/contract.ts';
export * from './operations/contract.ts';
export * from './deletion/contract.ts';
export * from './export/contract.ts';
