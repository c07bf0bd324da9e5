import type { MessagePort } from 'node:worker_threads';
import type { ExportContext } from '../facts/context.ts';
import type { ExportPlan, NamedExport, WrittenExport } from '../write/export-writer.ts';

/** Everything the thread needs to know before the first session. Buffers cross as plain bytes. */
export interface ExportOrder {
  readonly plan: Omit<ExportPlan, 'keys'>;
  readonly context: ExportContext;
  readonly siteKey: Uint8Array;
  /** Folder of the font files; null takes the ones in node_modules. */
  readonly fontFolder: string | null;
}

/** The bundle of a session comes on `from`, straight from the thread of the record: main has chairs to look after. */
export type ToExportThread =
  | { readonly kind: 'add'; readonly from: MessagePort }
  | { readonly kind: 'finish' }
  | { readonly kind: 'publish' };

export type FromExportThread =
  | { readonly kind: 'added' }
  | { readonly kind: 'written'; readonly written: WrittenExport }
  | { readonly kind: 'published'; readonly named: NamedExport }
  | { readonly kind: 'failed'; readonly message: string };
