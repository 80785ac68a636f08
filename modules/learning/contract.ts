export * from './enrollment/contract.ts';
export * from './progress/contract.ts';
export * from './player/contract.ts';
export * from './statistics/contract.ts';
