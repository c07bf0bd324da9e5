import type { SessionBundle } from '../../../db/trail.ts';
import type { ExportContext } from '../facts/context.ts';
import type { ExportOutcome, ExportPlan } from '../write/export-writer.ts';

/** Everything the thread needs to know before the first session. Buffers cross as plain bytes. */
export interface ExportOrder {
  readonly plan: Omit<ExportPlan, 'keys'>;
  readonly context: ExportContext;
  readonly siteKey: Uint8Array;
  /** Folder of the font files; null takes the ones in node_modules. */
  readonly fontFolder: string | null;
}

export type ToExportThread = { readonly kind: 'add'; readonly bundle: SessionBundle } | { readonly kind: 'finish' };

export type FromExportThread =
  | { readonly kind: 'added' }
  | { readonly kind: 'done'; readonly outcome: ExportOutcome }
  | { readonly kind: 'failed'; readonly message: string };
