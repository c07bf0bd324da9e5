import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronBinary } from '../main/launch-electron.ts';
import { readArchive } from './archive.ts';
import { packWithElectron, packWithStub } from './pack.ts';

/** `npm run package`: installers with the real Electron, or without it a stub to look into. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function printContents(archive: string): void {
  const sizes = new Map<string, number>();
  for (const { path, size } of readArchive(archive)) {
    const part = /^(node_modules\/(?:@[^/]+\/)?[^/]+|out\/[^/]+|[^/]+)/.exec(path)?.[0] ?? path;
    sizes.set(part, (sizes.get(part) ?? 0) + size);
  }
  for (const [part, bytes] of sizes) console.log(`  ${String(Math.ceil(bytes / 1024)).padStart(7)} KiB  ${part}`);
}

const binary = electronBinary(root);
if (binary === null) {
  const folder = await packWithStub(join(root, 'dist', 'stub'));
  printContents(join(folder, 'resources', 'app.asar'));
  console.log(`package: STUB in ${folder}: everything of ours, but no Electron, so it does not run.`);
  console.log('package: "npx install-electron" fetches Electron; then "npm run package" makes installers.');
} else {
  const installers = await packWithElectron(dirname(binary));
  console.log(`package: ${installers.join(', ')}`);
}
