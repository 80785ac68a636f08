export * from './course-import/contract.ts';
export * from './course-export/contract.ts';
