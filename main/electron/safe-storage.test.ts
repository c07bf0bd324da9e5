import { expect, test } from 'vitest';
import { openTrail } from '../../db/client.ts';
import { temporaryFolder } from '../../db/test-kit.ts';
import { keySealOf, type SafeStoragePart } from './safe-storage.ts';

type Backend = ReturnType<SafeStoragePart['getSelectedStorageBackend']>;

/** Electron's safeStorage behind its published types. */
function storage(backend: Backend, available = true): SafeStoragePart {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`v10${text}`)),
    decryptStringAsync: (bytes) => {
      const text = bytes.toString();
      if (!text.startsWith('v10')) return Promise.reject(new Error('Error while decrypting the ciphertext'));
      return Promise.resolve({ shouldReEncrypt: false, result: text.slice(3) });
    },
  };
}

test.each([
  ['linux', 'gnome_libsecret', true],
  ['linux', 'kwallet6', true],
  ['linux', 'basic_text', false],
  ['linux', 'unknown', false],
  ['darwin', 'unknown', true],
  ['win32', 'unknown', true],
] as const)('on %s with %s the record is shown as sealed: %s', async (platform, backend, isSealed) => {
  using folder = temporaryFolder();
  const keySeal = await keySealOf(storage(backend), platform);
  const trail = await openTrail({ folder: folder.path, station: 's', appVersion: '0', ballastBytes: 0, keySeal });
  expect((await trail.status()).sealed).toBe(isSealed);
  await trail.close();
});

test('a key store that is gone, or fails when asked, costs a new segment and never the start', async () => {
  using folder = temporaryFolder();
  const start = async (safeStorage: SafeStoragePart) => {
    const keySeal = await keySealOf(safeStorage);
    const trail = await openTrail({ folder: folder.path, station: 's', appVersion: '0', ballastBytes: 0, keySeal });
    const { sealed, segment } = await trail.status();
    expect((await trail.verify()).damage).toBeNull();
    await trail.close();
    return { sealed, segment };
  };
  const there = storage('gnome_libsecret');
  const failing = { ...there, isAsyncEncryptionAvailable: () => Promise.reject(new Error('no D-Bus')) };
  expect(await start(there)).toEqual({ sealed: true, segment: 1 });
  expect(await start(storage('unknown', false))).toEqual({ sealed: false, segment: 2 });
  expect(await start(failing)).toEqual({ sealed: false, segment: 2 });
  expect(await start(there)).toEqual({ sealed: true, segment: 2 });
});
