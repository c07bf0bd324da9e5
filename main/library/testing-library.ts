import { randomBytes } from 'node:crypto';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import { publicKeyOf, signBytes } from '../../db/ed25519.ts';
import { entryFile, LIBRARY_FORMAT, type LibraryContent } from './library-file.ts';
import { provedLibrary, signedBytes } from './signed-library.ts';

// A library with two approvers for tests, not part of the product.

export interface Approver {
  readonly name: string;
  readonly seed: Buffer;
  readonly key: string;
}

export function approver(name: string): Approver {
  const seed = randomBytes(32);
  return { name, seed, key: publicKeyOf(seed).toString('hex') };
}

export const ANNA = approver('Anna Approver');
export const BORIS = approver('Boris Approver');
export const TRUSTED = [ANNA.key, BORIS.key];

export function content(change: Partial<LibraryContent> = {}): LibraryContent {
  return {
    format: LIBRARY_FORMAT,
    version: 'site-1',
    approvedBy: [ANNA, BORIS].map(({ name, key }) => ({ name, key })),
    effectiveFrom: '2020-01-01',
    expiresOn: '2100-01-01',
    entries: SHIPPED_LIBRARY.entries.map(entryFile),
    ...change,
  };
}

export function signed(library: object, by: readonly Approver[] = [ANNA, BORIS]): string {
  const message = signedBytes(library);
  const signatures = by.map(({ seed, key }) => ({ key, signature: signBytes(seed, message).toString('hex') }));
  return JSON.stringify({ library, signatures }, null, 2);
}

/** As a site has one: what a station that is no demonstration needs before it starts an infusion. */
export const SITE_FILE = signed(content());
export const SITE_LIBRARY = provedLibrary(SITE_FILE, TRUSTED);
