/** Sends a file to the course. By XMLHttpRequest, which alone tells how far it has come. */
import type { CourseFile } from '@milpa/catalog/contract';
import type { ProblemDocument } from '@milpa/kernel/contract';

export interface Sending { done: Promise<CourseFile>; cancel: () => void }

/** `done` rejects with the server's problem, or with null where it was not reached. */
export function sendFile(courseId: string, file: File, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<CourseFile>((resolve, reject) => {
    request.open('POST', `/api/v1/courses/${courseId}/files?name=${encodeURIComponent(file.name || 'file')}`);
    request.responseType = 'json';
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total ? loaded / total : 0));
    request.addEventListener('load', () => (request.status < 300 ? resolve(request.response as CourseFile) : reject(request.response as ProblemDocument | null)));
    for (const end of ['error', 'abort']) request.addEventListener(end, () => reject(null));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
