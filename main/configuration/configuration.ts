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

export interface LibraryConfiguration {
  /** Path of the file; a relative one begins at the folder of the configuration file. */
  readonly file: string;
  /** Ed25519 public keys, in hex, of those who may approve a library. */
  readonly trustedKeys: readonly string[];
}

export interface RecordConfiguration {
  /** File on another medium that gets a line for each anchor of the record; null keeps none. */
  readonly anchor: string | null;
  /** Folder for a checked copy a day; null keeps none. */
  readonly backup: string | null;
}

/** The station as a validated file, or the built-in demonstration, describes it. */
export interface Configuration {
  readonly stationName: string;
  readonly demonstration: boolean;
  /** Left out where nothing is kept beside the record. */
  readonly record?: RecordConfiguration;
  /** Idle time after which a screen is locked (ms). @default 3 minutes */
  readonly lockAfterMs?: number;
  readonly chairs: readonly ChairConfiguration[];
  /** Enter a record that has nobody, once; afterwards the record says who is who. */
  readonly people: readonly PersonConfiguration[];
  /** A signed drug library. Left out: no infusion, but in the demonstration, which has the shipped proposal. */
  readonly library?: LibraryConfiguration;
}
