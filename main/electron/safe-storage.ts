import type { SafeStorage } from 'electron';
import type { KeySeal } from '../../db/key-seal.ts';

/** The asynchronous part only: the synchronous one leaves with Electron 46. */
export type SafeStoragePart = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/** No key store: what was sealed is lost, and what is new lies in files of their owner, shown as not sealed. */
const NONE: KeySeal = {
  isSealed: () => Promise.resolve(false),
  seal: () => Promise.reject(new Error('this system has no key store')),
  open: () => Promise.reject(new Error('this system has no key store')),
};

async function isAvailable(safeStorage: SafeStoragePart): Promise<boolean> {
  try {
    return await safeStorage.isAsyncEncryptionAvailable();
  } catch {
    return false;
  }
}

/**
 * The key store of the system behind the record's interface: Keychain, DPAPI, kwallet or libsecret. One that was there and is gone
 * must not keep the station from starting, so there is a seal in every case.
 */
export async function keySealOf(safeStorage: SafeStoragePart, platform = process.platform): Promise<KeySeal> {
  if (!(await isAvailable(safeStorage))) return NONE;
  return {
    // Linux without a key ring encrypts with a password that is in every copy of Chromium.
    isSealed: () => Promise.resolve(platform !== 'linux' || !UNSEALED.has(safeStorage.getSelectedStorageBackend())),
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  };
}

const UNSEALED: ReadonlySet<string> = new Set(['basic_text', 'unknown']);
