import type { MessagePort } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import { recordedInfusion } from '../../main/export/testing-infusion.ts';

// Stands where the record's thread stands: it has the bundle of a long session and posts it where it is told to.

const bundle = await recordedInfusion((workerData as { readonly minutes: number }).minutes);
parentPort?.on('message', (to: MessagePort) => {
  to.postMessage(bundle);
  to.close();
});
parentPort?.postMessage(null);
