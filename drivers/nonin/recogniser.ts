import type { Decoder } from './decoder.ts';
import { Format8Decoder } from './format8-decoder.ts';
import type { NoninFormat } from './messages.ts';
import { PacketDecoder } from './packet-decoder.ts';

export const createDecoder = (format: NoninFormat): Decoder =>
  format === '8' ? new Format8Decoder() : new PacketDecoder(format);

const FORMATS: readonly NoninFormat[] = ['2', '7', '8'];
/** Enough for four packets of format 7 or a screenful of text. */
const KEPT_BYTES = 600;
/** Every format 13 measurement starts with these four bytes. */
const FORMAT13_START = '\u0000\u0002\u0000\u000d';

/**
 * Remembers the first bytes of a device that does not speak the format asked for, and says what it is instead.
 * @returns a name to print, or null for "nothing known".
 */
export class Recogniser {
  #bytes: number[] = [];

  get heard(): boolean {
    return this.#bytes.length > 0;
  }

  take(bytes: Uint8Array): void {
    this.#bytes.push(...bytes.subarray(0, KEPT_BYTES - this.#bytes.length));
  }

  guess(): string | null {
    const bytes = Uint8Array.from(this.#bytes);
    const format = FORMATS.find((format) =>
      createDecoder(format)
        .push(bytes)
        .some((event) => event.kind === 'measurement'),
    );
    if (format !== undefined) return `Nonin data format ${format}`;
    const text = String.fromCharCode(...bytes);
    if (text.includes(FORMAT13_START)) return 'Nonin data format 13 (spot measurements)';
    return /SPO2=[\d-]{3} HR=[\d-]{3}/.test(text) ? 'the text output of a Nonin table-top model' : null;
  }
}
