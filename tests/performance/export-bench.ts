import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { temporaryFolder } from '../../db/test-kit.ts';
import type { ExportRun } from '../../main/export/run/run-export.ts';
import { exported } from '../../main/export/testing-export.ts';
import { CONTEXT, recordedInfusion, senderOf } from '../../main/export/testing-infusion.ts';
import { factsOf } from '../../main/export/write/session-bag.ts';
import { loadFonts } from '../../main/export/report/fonts.ts';
import { renderReport } from '../../main/export/report/report.ts';

const MINUTES = 240;
/** How often the event loop is looked at (ms); a longer delay than this is a block. */
const RESOLUTION = 1;

type Source = ExportRun['trail'];

/** The export of one session, and how long main was blocked meanwhile (ms). */
async function watched(session: string, trail: Source) {
  using target = temporaryFolder();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  await setTimeout(500);
  delay.enable();
  const used = process.threadCpuUsage();
  const started = performance.now();
  const outcome = await exported(trail, [session], target.path);
  delay.disable();
  const { user, system } = process.threadCpuUsage(used);
  return {
    exportMs: Math.round(performance.now() - started),
    mainCpuMs: Math.round((user + system) / 1000),
    mainBlockedMs: { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
    pdfBytes: readFileSync(join(outcome.path, 'data', 'report.pdf')).length,
  };
}

/** Main as busy as it is without an export: what the machine alone does to it. */
async function idle(milliseconds: number) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  await setTimeout(milliseconds);
  delay.disable();
  return { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
}

/**
 * Exports a session of four hours in the export's own thread and watches meanwhile how long main was blocked: with the
 * bundle sent from thread to thread, as the station does it, and by way of main; then draws the report alone.
 */
export async function exportBench(): Promise<object> {
  const bundle = await recordedInfusion(MINUTES);
  const holder = new Worker(new URL('./bundle-holder.ts', import.meta.url), { workerData: { minutes: MINUTES } });
  await once(holder, 'message');
  const threadToThread: Source = {
    ...senderOf(bundle),
    sendBundle: async (_id, _begun, to) => holder.postMessage(to, [to]),
  };
  const { id } = bundle.session;
  const direct = await watched(id, threadToThread);
  const before = await watched(id, senderOf(bundle));
  const alone = await idle(direct.exportMs);
  await holder.terminate();
  const reportStarted = performance.now();
  const reportUsed = process.threadCpuUsage();
  const facts = factsOf(bundle, CONTEXT);
  const fonts = loadFonts(null);
  await renderReport({ facts, fonts, proof: null, notice: null, relativeTimes: false });
  return {
    bench: 'export',
    sessionMinutes: MINUTES,
    rows: bundle.rows.length,
    exportSeconds: direct.exportMs / 1000,
    threadToThread: direct,
    byWayOfMain: before,
    mainBlockedWithoutExportMs: alone,
    reportMs: Math.round(performance.now() - reportStarted),
    // Processor time says the same on a busy machine as on a quiet one.
    reportCpuMs: Math.round(process.threadCpuUsage(reportUsed).user / 1000),
    load1: loadavg()[0],
    node: process.version,
    processor: cpus()[0]?.model ?? '',
  };
}
