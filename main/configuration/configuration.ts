import type { ChairDevices } from '../devices/messages.ts';
import type { Role } from '../../preload/contract/leaf.ts';

export interface PersonConfiguration {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** PHC-style scrypt string made by `npm run pin`. */
  readonly pin: string;
  /** The PIN in plain text, shown on the tile; only ever set by the demonstration. */
  readonly hint: string | null;
}

export interface ChairConfiguration {
  readonly name: string;
  readonly devices: ChairDevices;
}

/** The station as a validated file, or the built-in demonstration, describes it. */
export interface Configuration {
  readonly stationName: string;
  readonly demonstration: boolean;
  /** Idle time after which a screen is locked (ms). @default 3 minutes */
  readonly lockAfterMs?: number;
  readonly chairs: readonly ChairConfiguration[];
  /** Enter a record that has nobody, once; afterwards the record says who is who. */
  readonly people: readonly PersonConfiguration[];
}
