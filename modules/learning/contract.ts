export * from './enrollment/contract.ts';
export * from './progress/contract.ts';
export * from './player/contract.ts';
export * from './statistics/contract.ts';
export * from './position/contract.ts';
export * from './note/contract.ts';
export * from './reading/contract.ts';
export * from './sync/contract.ts';
