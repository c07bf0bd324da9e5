/** Bench -> station under measurement. */
export interface ToBenchStation {
  readonly kind: 'run';
  readonly chairs: readonly { readonly pump: string; readonly monitor: string }[];
  readonly trials: number;
  readonly folder: string;
}

/** Station -> bench: let the signs of this chair cross, let them recover, or all trials are done. */
export type FromBenchStation =
  | { readonly kind: 'cross'; readonly chair: number }
  | { readonly kind: 'recover'; readonly chair: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string };
