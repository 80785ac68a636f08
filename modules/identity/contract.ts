export * from './member/contract.ts';
export * from './role/contract.ts';
export * from './account-endpoints/contract.ts';
export * from './invitation/contract.ts';
export * from './token/contract.ts';
export * from './operator/contract.ts';
export * from './personal/contract.ts';
