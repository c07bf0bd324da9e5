/** A decoder of the product as the fuzzer sees it, beside a reader of our own that shares no code with it. */
export interface Target {
  /** As given to `--target`. */
  readonly name: string;
  /** Units as devices send them; inputs are made of them. */
  readonly units: readonly Uint8Array[];
  /** Most units in a row that an input starts from. */
  readonly inARow: number;
  /** Bytes that mean something to the format, so that random inputs are not all noise. */
  readonly marks: readonly number[];
  /** Frames that a fresh decoder accepts, each written as `soundAt` writes it. */
  decode(pieces: readonly Uint8Array[]): readonly string[];
  /** The frames that stand in the raw bytes at a place, by the description of the format alone. */
  soundAt(raw: Uint8Array, at: number): readonly SoundFrame[];
  /** One decoder for a whole run. Takes an input and then good units; whether it was in step again in time. */
  live(): (garbage: Uint8Array) => boolean;
}

export interface SoundFrame {
  readonly text: string;
  readonly bytes: number;
}

/** The first accepted frame that does not stand in the raw bytes behind the one before it, or null. */
export function unsoundFrame(target: Target, raw: Uint8Array, frames: readonly string[]): string | null {
  let at = 0;
  for (const frame of frames) {
    let found: SoundFrame | undefined;
    while (found === undefined && at < raw.length) {
      found = target.soundAt(raw, at).find(({ text }) => text === frame);
      at += found?.bytes ?? 1;
    }
    if (found === undefined) return frame;
  }
  return null;
}
