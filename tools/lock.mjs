// `npm run lock` after a change of dependencies.
// A registry mirror may lack the builds for other platforms; npm then leaves them out of the lock file and `npm ci`
// refuses it. This puts the missing entries back from the versions their parents name, so that one lock file
// serves every platform.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const path = join(root, 'package-lock.json');
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

function entryFor(name, version, parent) {
  const words = name.split(/[/.-]/);
  const libc = words.includes('musl') ? 'musl' : words.some((word) => word.startsWith('gnu')) ? 'glibc' : null;
  const cpu = PROCESSORS.find((word) => words.includes(word));
  const os = SYSTEMS.find((word) => words.includes(word));
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(parent.dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}

const updated = spawnSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (updated.status !== 0) process.exit(1);

const lock = JSON.parse(readFileSync(path, 'utf8'));
const before = Object.keys(lock.packages).length;
for (const [place, parent] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (place === '' || !/^\d/.test(version)) continue;
    const key = `node_modules/${name}`;
    if (!lock.packages[key] && !lock.packages[`${place}/${key}`]) lock.packages[key] = entryFor(name, version, parent);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`lock: ${Object.keys(lock.packages).length - before} entries of other platforms put back`);
