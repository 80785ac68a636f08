export * from './thread/contract.ts';
export * from './broadcast/contract.ts';
export * from './report/contract.ts';
