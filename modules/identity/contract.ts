export * from './member/contract.ts';
export * from './role/contract.ts';
