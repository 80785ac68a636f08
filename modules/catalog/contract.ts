export * from './course/contract.ts';
export * from './category/contract.ts';
export * from './outline/contract.ts';
