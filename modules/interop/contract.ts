export * from './course-import/contract.ts';
