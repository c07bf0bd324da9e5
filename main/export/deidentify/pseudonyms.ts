import { createHmac } from 'node:crypto';

const DAY = 86_400_000;
const MOST_DAYS = 365;

/** Names that stand for others. Without its key nobody can find out for which. */
export class Pseudonyms {
  readonly #key: Buffer;

  /** @param key of one export, forgotten after it, so that two exports cannot be joined */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** e.g. `clinician-x4f2a91c0`, which by its x is never the beginning of a real `chair-4`. @param kind what it is, told in plain words */
  of(kind: string, id: string): string {
    return `${kind}-x${createHmac('sha256', this.#key).update(`${kind}\n${id}`).digest('hex').slice(0, 8)}`;
  }
}

/**
 * How far all dates of a patient are moved: whole days, so that times of day stay, between one and 365 days into the
 * past, the same in every export of the site. @param siteKey of the station, kept on it @returns milliseconds, negative
 */
export function dateShift(siteKey: Buffer, patientId: string): number {
  const digest = createHmac('sha256', siteKey).update(`date-shift\n${patientId.toLowerCase()}`).digest();
  return -(1 + (digest.readUInt32BE(0) % MOST_DAYS)) * DAY;
}
