import type { MessagePort } from 'node:worker_threads';
import type { AppErrorCode } from '../drivers/kit/app-error.ts';
import type { Wrapping } from './key-seal.ts';
import type { NamedAnchors } from './anchors.ts';
import type { ExportClaim } from './export-check.ts';
import type { LeftOver } from './left-over.ts';
import type { RecordLook } from './look.ts';
import type { RestoreFacts } from './restored.ts';
import type { AuditInput, CheckPart, DamageReport, Trail, Verification, VerifyScope } from './trail.ts';

/** What a file is held to. */
export interface OwnSchema {
  /** URL of the folder with the numbered SQL files, ending with a slash. */
  readonly schemaFolder: string;
}

/** What the worker is started with. */
export interface WorkerSettings extends OwnSchema {
  readonly folder: string;
  readonly station: string;
  readonly appVersion: string;
  readonly ballastBytes: number;
  /** Opened from the key store of the system, because a thread has none; null keeps keys in files of their owner. */
  readonly wrapping: Wrapping | null;
  /** Of the anchor, which has a key of its own. */
  readonly anchorWrapping: Wrapping | null;
  readonly anchorFolder: string;
  readonly anchorFile: string | null;
  /** Largest file whose pages are checked before anything is served. */
  readonly checkedAtStartBytes: number;
}

/** What a worker is started with that only checks a copy. */
export interface CopySettings extends OwnSchema {
  readonly copy: string;
}

/** What a worker is started with that only checks the pages of a copy. */
export interface PagesSettings {
  readonly pages: string;
  /** Takes `PagesReport`; where it is closed, nobody wants to know any more. */
  readonly to: MessagePort;
}

/** How far one step is. */
export type StepProgress = (done: number, total: number) => void;

/** What a thread says that checks the pages of a copy. */
export type PagesReport =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'checked'; readonly found: DamageReport | null }
  | { readonly kind: 'failed'; readonly failure: RecordFailure };

/** What a worker is started with that only looks at a record where it lies. */
export interface LookSettings {
  /** The database. */
  readonly look: string;
  readonly anchorFolder: string;
  /** What a checker brought along. */
  readonly brought: readonly NamedAnchors[];
  /** An export that is held to the record; null: none. */
  readonly claim: ExportClaim | null;
}

/** What a worker is started with that only reads what is left of a damaged record. */
export interface LeftOverSettings {
  /** The database. */
  readonly leftOver: string;
  /** Ids; none: all of them. */
  readonly sessions: readonly string[];
}

/** What a worker is started with that only puts a copy in the place of a record. */
export interface RestoreSettings {
  readonly restore: {
    /** The copy, in the folder of the record already. */
    readonly draft: string;
    readonly folder: string;
    /** URL of the folder with the numbered SQL files, ending with a slash. */
    readonly schemaFolder: string;
    /** What is known about the record outside it. */
    readonly anchors: readonly NamedAnchors[];
    readonly at: string;
    /** File name of the copy where it came from. */
    readonly copy: string;
  };
}

/** One call of `Trail`, by name; `onProgress` and `signal` stay on the caller's side. */
type CallOf<Name extends keyof Trail> = {
  readonly id: number;
  readonly name: Name;
  readonly args: Name extends 'verify'
    ? [scope: VerifyScope]
    : Name extends 'beginExport'
      ? [sessionIds: readonly string[], event: AuditInput]
      : Parameters<Trail[Name]>;
};

export type RecordCall = { [Name in keyof Trail]: CallOf<Name> }[keyof Trail];

export interface RecordFailure {
  readonly code: AppErrorCode;
  readonly message: string;
}

/** Ends the call `id` early; it is then answered as failed. */
export interface CancelCall {
  readonly name: 'cancel';
  readonly id: number;
}

/** What the worker says: first `ready` or `unready`, then one `done` or `failed` for each call. */
export type RecordReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'checked'; readonly found: Verification }
  | { readonly kind: 'left-over'; readonly found: LeftOver }
  | { readonly kind: 'left-overs-end' }
  | { readonly kind: 'looked'; readonly found: RecordLook }
  | { readonly kind: 'restored'; readonly facts: RestoreFacts }
  | { readonly kind: 'unready'; readonly failure: RecordFailure }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: RecordFailure }
  // A thread of its own, which the thread of the record does not begin: it would have to wait for it when it ends.
  | ({ readonly kind: 'check-pages' } & PagesSettings)
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly done: number;
      readonly total: number;
      readonly part: CheckPart;
    };
