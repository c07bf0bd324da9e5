import { EXPORT_BEGUN } from '../../db/session-extent.ts';
import { systemEvent } from '../../db/system-event.ts';
import type { ExportOrder } from './run/messages.ts';
import { type ExportRun, runExport } from './run/run-export.ts';
import { CONTEXT } from './testing-infusion.ts';
import type { ExportOutcome } from './write/export-writer.ts';
import { newDraft } from './write/sink.ts';

// For tests and measurements: one export in its own thread, without a station.

type Wish = Partial<
  Pick<ExportOrder, 'fontFolder'> &
    Omit<ExportOrder['plan'], 'target' | 'draft'> &
    Omit<ExportRun, 'order' | 'sessions' | 'trail' | 'begin'>
>;

/** @param wish what is not as usual @default one identified folder of the fonts and the thread in the sources */
export function exported(
  trail: ExportRun['trail'],
  sessions: readonly string[],
  target: string,
  wish: Wish = {},
): Promise<ExportOutcome> {
  const { form = 'folder', content = 'identified', collection = null, rootFingerprint = '', ...rest } = wish;
  const { fontFolder = null, ...run } = rest;
  const plan = { form, content, target, draft: newDraft(target), collection, rootFingerprint };
  return runExport({
    order: { plan, context: CONTEXT, siteKey: new Uint8Array(32).fill(7), fontFolder },
    sessions,
    trail,
    begin: systemEvent(EXPORT_BEGUN),
    record: () => Promise.resolve(),
    workerUrl: null,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...run,
  });
}
