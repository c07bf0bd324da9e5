import { createHash } from 'node:crypto';
import type { BundleEntry, Reference, Resource } from '@medplum/fhirtypes';

/** UUID of a resource of one session: the same every time, and unlike that of any other session. */
function uuidOf(session: string, name: string): string {
  const hex = createHash('sha256').update(`${session}\n${name}`).digest('hex');
  // RFC 9562: version 8 (made by a rule of our own), variant 10.
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The entries of a bundle, each reachable by its name within the session. */
export class Entries {
  readonly #session: string;
  readonly #entries: BundleEntry[] = [];

  constructor(session: string) {
    this.#session = session;
  }

  get all(): BundleEntry[] {
    return this.#entries;
  }

  idOf(name: string): string {
    return uuidOf(this.#session, name);
  }

  /** @param name unique within the session */
  add(name: string, resource: Resource): void {
    const id = this.idOf(name);
    this.#entries.push({ fullUrl: `urn:uuid:${id}`, resource: { ...resource, id } });
  }

  to<Target extends Resource>(name: string, display?: string): Reference<Target> {
    return { reference: `urn:uuid:${this.idOf(name)}`, ...(display !== undefined && { display }) };
  }
}
