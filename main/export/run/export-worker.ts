import { randomBytes } from 'node:crypto';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SessionBundle } from '../../../db/trail.ts';
import { loadFonts } from '../report/fonts.ts';
import { ExportWriter } from '../write/export-writer.ts';
import type { ExportOrder, FromExportThread, ToExportThread } from './messages.ts';

// The thread that makes one export. Supervision of the chairs never waits for it.

const port = parentPort;
if (port === null) throw new TypeError('export-worker.ts runs as a worker thread only.');

function say(message: FromExportThread): void {
  port?.postMessage(message);
}

const { plan, context, siteKey, fontFolder } = workerData as ExportOrder;
const keys = { site: Buffer.from(siteKey), export: randomBytes(32) };
const writer = new ExportWriter({ ...plan, keys }, { context, fonts: loadFonts(fontFolder) });

/** Where the record has none to send, main ends this thread. */
function bundleFrom(from: MessagePort): Promise<SessionBundle> {
  return new Promise((resolve) => void from.once('message', resolve));
}

async function carryOut(message: ToExportThread): Promise<void> {
  try {
    if (message.kind === 'add') {
      await writer.add(await bundleFrom(message.from));
      say({ kind: 'added' });
    } else if (message.kind === 'finish') {
      say({ kind: 'written', written: await writer.finish() });
    } else {
      say({ kind: 'published', named: await writer.publish() });
      port?.close();
    }
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    port?.close();
  }
}

port.on('message', (message: ToExportThread) => void carryOut(message));
