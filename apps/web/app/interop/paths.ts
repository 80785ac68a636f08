export const importsPath = '/imports';
export const importPath = (importId: string): string => `${importsPath}/${importId}`;
