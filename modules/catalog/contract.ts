export * from './course/contract.ts';
export * from './category/contract.ts';
export * from './outline/contract.ts';
export { contentId, lessonElement, lessonHtml } from './html.contract.ts';
