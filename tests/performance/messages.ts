/** Bench -> station under measurement. */
export interface ToBenchStation {
  readonly kind: 'run';
  readonly chairs: readonly { readonly pump: string; readonly monitor: string }[];
  readonly trials: number;
  readonly folder: string;
  /** Absolute path of the built screens, when a page is to be shown; null: no page. */
  readonly screens: string | null;
}

/** Bench -> station: the page is as it should be, begin. */
export interface BeginTrials {
  readonly kind: 'begin';
}

/**
 * Station -> bench: where its page is, let the signs of this chair cross, let them recover (its stop has been read back),
 * or all trials are done.
 */
export type FromBenchStation =
  | { readonly kind: 'ready'; readonly page: string | null }
  | { readonly kind: 'cross'; readonly chair: number }
  | { readonly kind: 'recover'; readonly chair: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string };
