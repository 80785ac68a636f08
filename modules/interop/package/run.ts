import { Worker } from 'node:worker_threads';
import type { PackageErrorCode } from './codes.ts';
import { emptyFolder, prepareWorkDir } from './read.ts';
import { PackageError, type CoursePackage, type ReadOptions, type ReportParams } from './types.ts';

export interface WorkerTask extends Omit<ReadOptions, 'onProgress'> {
  file: string;
}

export type WorkerMessage =
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; course: CoursePackage }
  | { type: 'refused'; code: PackageErrorCode; params: ReportParams; detail: string };

/**
 * As `readPackage`, in a thread of its own with bounded memory and time, so that a hostile package can neither stall nor kill
 * the process. Beyond its errors: timed_out, out_of_memory. Any other failure is a fault of ours and comes as a plain Error.
 */
export async function readPackageInWorker(file: string, options: ReadOptions): Promise<CoursePackage> {
  const { onProgress: _, ...cloneable } = options;
  const { workDir, limits } = options;
  await prepareWorkDir(workDir);
  const task: WorkerTask = { file, ...cloneable };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  try {
    return await outcome(worker, options).finally(() => worker.terminate());
  } catch (error) {
    await emptyFolder(workDir);
    throw error;
  }
}

function outcome(worker: Worker, { limits, onProgress }: ReadOptions): Promise<CoursePackage> {
  return new Promise<CoursePackage>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new PackageError('timed_out', { seconds: Math.ceil(limits.timeoutMs / 1000) })), limits.timeoutMs);
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'progress') onProgress?.(message.done, message.total);
      else if (message.type === 'done') resolve(message.course);
      else reject(new PackageError(message.code, message.params, { cause: message.detail }));
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new PackageError('out_of_memory', { megabytes: limits.memoryMb }, { cause: error }) : error);
    });
    worker.once('exit', (code) => {
      clearTimeout(deadline);
      reject(new Error(`the package reader ended with code ${code} and no result`));
    });
  });
}
