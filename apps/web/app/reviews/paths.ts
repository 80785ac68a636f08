import { coursePath } from '../catalog/paths.ts';

export const reviewsPath = (course: string) => `${coursePath(course)}/reviews`;
