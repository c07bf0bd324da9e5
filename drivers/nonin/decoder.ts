import type { Measurement } from './messages.ts';

export type Decoded =
  | { readonly kind: 'measurement'; readonly measurement: Measurement }
  /** Evenly spaced at 75 per second, each 0..1. */
  | { readonly kind: 'wave'; readonly samples: readonly number[] }
  | { readonly kind: 'battery'; readonly low: boolean }
  | { readonly kind: 'frozen'; readonly frozen: boolean }
  | { readonly kind: 'discarded'; readonly reason: string; readonly bytes: number };

/** Bytes of one data format in any split -> what they say. Keeps everything it needs between calls; never throws. */
export interface Decoder {
  push(bytes: Uint8Array): readonly Decoded[];
}
