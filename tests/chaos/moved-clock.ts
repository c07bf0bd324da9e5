import { readFileSync } from 'node:fs';

/**
 * Loaded into every thread of main before its own code (`--import`): its wall clock is off by the milliseconds that a
 * file holds, as after somebody set the clock of the machine. Monotonic time is left alone, as it is there.
 */
const FILE = process.env['CHAOS_CLOCK_FILE'];
const LOOK = 50;

const True = Date;
let offset = 0;

globalThis.Date = class extends True {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(True.now() + offset);
    else super(...(parts as [number]));
  }

  static override now(): number {
    return True.now() + offset;
  }
} as DateConstructor;

if (FILE !== undefined) {
  setInterval(() => {
    offset = Number(readFileSync(FILE, 'utf8'));
  }, LOOK).unref();
}
