import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** Stands where the record's thread stands and does the least that is durable: `bytes` appended and on the disk, then an answer. */
export interface PlainWriterSettings {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const { path, bytes } = workerData as PlainWriterSettings;
const file = openSync(path, 'a');
parentPort?.on('message', () => {
  writeSync(file, bytes);
  fdatasyncSync(file);
  parentPort?.postMessage(null);
});
