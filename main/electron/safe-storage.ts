import type { SafeStorage } from 'electron';
import type { KeySeal } from '../../db/key-seal.ts';

/** The asynchronous part only: the synchronous one leaves with Electron 46. */
export type SafeStoragePart = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * The key store of the system behind the record's interface: Keychain, DPAPI, kwallet or libsecret. Null where there is
 * none; the record then keeps its key in a file of its owner and is shown as not sealed.
 */
export async function keySealOf(safeStorage: SafeStoragePart, platform = process.platform): Promise<KeySeal | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  return {
    // Linux without a key ring encrypts with a password that is in every copy of Chromium.
    isSealed: () => Promise.resolve(platform !== 'linux' || !UNSEALED.has(safeStorage.getSelectedStorageBackend())),
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
  };
}

const UNSEALED: ReadonlySet<string> = new Set(['basic_text', 'unknown']);
