/** What other modules may call. */
import './tables.ts';

export { fileContentOf, removeFile, storeBeyondLimit, storeFile, storeFiles, type IncomingFile } from './file/file.ts';
export { filesByIds, lockRoom, originalFiles, storedBytes } from './file/queries.ts';
export { pictureKindOf } from './file/picture.ts';
export { folderStorage, type Storage } from './storage.ts';
