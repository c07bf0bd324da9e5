import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, Platform } from 'electron-builder';
import { parse } from 'yaml';
import { writeStubElectron } from './stub-electron.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The settings of electron-builder.yml, which stay the one place to change them. */
function settings(): Record<string, unknown> {
  return parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>;
}

function electronVersion(): string {
  const path = join(root, 'node_modules', 'electron', 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/**
 * Packs a stub of Electron for Linux with everything of ours: archive, unpacked natives and fuses are as in a real
 * package. Needs no network and takes out/ as it is built.
 *
 * @param output folder for the result
 * @returns folder of the unpacked application
 */
export async function packWithStub(output: string): Promise<string> {
  const stub = mkdtempSync(join(tmpdir(), 'chairside-electron-'));
  writeStubElectron(stub, electronVersion());
  try {
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: { ...settings(), directories: { output }, electronDist: stub },
    });
  } finally {
    rmSync(stub, { recursive: true, force: true });
  }
  return join(output, 'linux-unpacked');
}

/**
 * Packs for this machine with the real Electron that its npm package has fetched.
 *
 * @param distribution folder of Electron's binary
 * @returns paths of the installers
 */
export async function packWithElectron(distribution: string): Promise<readonly string[]> {
  return build({ projectDir: root, publish: 'never', config: { ...settings(), electronDist: distribution } });
}
