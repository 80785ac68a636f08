import { parentPort, workerData } from 'node:worker_threads';
import { readPackage } from './read.ts';
import type { WorkerMessage, WorkerTask } from './run.ts';
import { PackageError } from './types.ts';

const post = (message: WorkerMessage) => parentPort?.postMessage(message);
const task = workerData as WorkerTask;

try {
  const course = await readPackage(task.file, { ...task, onProgress: (done, total) => post({ type: 'progress', done, total }) });
  post({ type: 'done', course });
} catch (error) {
  if (!(error instanceof PackageError)) throw error;
  post({ type: 'refused', code: error.code, params: error.params, detail: error.cause instanceof Error ? error.cause.message : '' });
}
