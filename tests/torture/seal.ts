import type { KeySeal } from '../../db/key-seal.ts';

/** A key store that never fails, so that every secret that is lost was lost by the power cut. */
export const SEAL: KeySeal = {
  isSealed: () => Promise.resolve(true),
  seal: (text) => Promise.resolve(Buffer.from(text).toReversed()),
  open: (bytes) => Promise.resolve(Buffer.from(bytes.toReversed()).toString()),
};

/** Every second recording keeps its keys as the desktop program does, the others as the browser host does. */
export const isSealedWork = (seed: number): boolean => seed % 2 === 0;
