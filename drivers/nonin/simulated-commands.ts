import type { NoninFormat } from './messages.ts';

export const ACK = Uint8Array.of(0x06);
export const NAK = Uint8Array.of(0x15);

const END = 0x03;
const SELECT_FORMAT = [0x02, 0x70, 0x02, 0x02] as const;
const SELECT_LENGTH = SELECT_FORMAT.length + 2;
const FORMATS: Readonly<Record<number, NoninFormat>> = { 2: '2', 7: '7', 8: '8' };

/** Finds the short form of the format command in what the host sends, in any split; the rest is ignored. */
export class CommandReader {
  #pending: number[] = [];

  /** One entry per command: the format asked for, or null for one this device does not have. */
  push(bytes: Uint8Array): readonly (NoninFormat | null)[] {
    const asked: (NoninFormat | null)[] = [];
    for (const byte of bytes) {
      this.#pending = [...this.#pending, byte].slice(-SELECT_LENGTH);
      if (!this.#isCommand()) continue;
      asked.push(FORMATS[this.#pending[SELECT_FORMAT.length] ?? 0] ?? null);
      this.#pending = [];
    }
    return asked;
  }

  #isCommand(): boolean {
    return this.#pending.at(-1) === END && SELECT_FORMAT.every((byte, index) => this.#pending[index] === byte);
  }
}
