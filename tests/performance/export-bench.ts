import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder } from '../../db/test-kit.ts';
import { runExport } from '../../main/export/run/run-export.ts';
import { CONTEXT, recordedInfusion } from '../../main/export/testing-infusion.ts';
import { factsOf } from '../../main/export/write/session-bag.ts';
import { loadFonts } from '../../main/export/report/fonts.ts';
import { renderReport } from '../../main/export/report/report.ts';
import { newDraft } from '../../main/export/write/sink.ts';

const MINUTES = 240;
/** How often the event loop is looked at (ms); a longer delay than this is a block. */
const RESOLUTION = 1;

/**
 * Exports a session of four hours in the export's own thread and watches meanwhile how long main was blocked; then draws
 * the report alone.
 */
export async function exportBench(): Promise<object> {
  const bundle = await recordedInfusion(MINUTES);
  using target = temporaryFolder();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  await setTimeout(500);
  delay.enable();
  const used = process.threadCpuUsage();
  const started = performance.now();
  const outcome = await runExport({
    order: {
      plan: {
        form: 'folder',
        content: 'identified',
        target: target.path,
        draft: newDraft(target.path),
        collection: null,
        rootFingerprint: '',
      },
      context: CONTEXT,
      siteKey: new Uint8Array(32),
      fontFolder: null,
    },
    sessions: [bundle.session.id],
    trail: { bundle: async () => bundle },
    workerUrl: null,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  const exportMs = performance.now() - started;
  delay.disable();
  const { user, system } = process.threadCpuUsage(used);
  const reportStarted = performance.now();
  const reportUsed = process.threadCpuUsage();
  const facts = factsOf(bundle, CONTEXT);
  const fonts = loadFonts(null);
  await renderReport({ facts, fonts, proof: null, notice: null, relativeTimes: false });
  return {
    bench: 'export',
    sessionMinutes: MINUTES,
    rows: bundle.rows.length,
    exportMs: Math.round(exportMs),
    reportMs: Math.round(performance.now() - reportStarted),
    // Processor time says the same on a busy machine as on a quiet one.
    reportCpuMs: Math.round(process.threadCpuUsage(reportUsed).user / 1000),
    mainCpuMs: Math.round((user + system) / 1000),
    mainBlockedMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
    pdfBytes: readFileSync(join(outcome.path, 'data', 'report.pdf')).length,
    node: process.version,
    processor: cpus()[0]?.model ?? '',
  };
}
