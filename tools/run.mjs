// The one way every npm script starts: plain Node 20, no dependencies.
// Installs when the lock file changed, builds the screens when a source changed, then runs the entry on our own Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const node24 = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function fail(message) {
  console.error(`chairside: ${message}`);
  process.exit(1);
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const isStamped = (stamp, digest) => existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;

function stamp(path, digest) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, digest);
}

/** npm spawns as a shell script on Windows, which needs `shell`; the arguments are constants, never user input. */
function npm(args) {
  const done = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0)
    fail(`"npm ${args.join(' ')}" failed (see above). Check the network or registry, then run the same command again.`);
}

function install() {
  const marker = join(root, 'node_modules', '.chairside-installed');
  const digest = digestOf([join(root, 'package-lock.json')]);
  if (isStamped(marker, digest) && existsSync(node24)) return;
  console.error('chairside: installing dependencies (only after a fresh clone or a changed lock file)');
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!existsSync(node24))
    fail(
      'Node 24 did not arrive with the dependencies; allow the install script of the package "node" and run "npm ci".',
    );
  stamp(marker, digest);
}

function build() {
  const marker = join(root, 'out', '.chairside-built');
  const sources = ['core', 'preload', 'renderer', 'drivers', 'db', 'main'].flatMap((folder) =>
    filesBelow(join(root, folder)),
  );
  const digest = digestOf([
    ...sources.filter((path) => !/\.(test\.tsx?|md)$/.test(path)),
    join(root, 'package-lock.json'),
    join(root, 'tools', 'build.ts'),
  ]);
  if (isStamped(marker, digest)) return;
  console.error('chairside: building what is stale');
  const done = spawnSync(node24, [join(root, 'tools', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0) fail('the build failed (see above).');
  stamp(marker, digest);
}

const args = process.argv.slice(2);
const wantsBuild = args[0] === '--build';
if (wantsBuild) args.shift();
const [entry, ...rest] = args;
if (!entry) fail('usage: run.mjs [--build] ENTRY [arguments]');

install();
if (wantsBuild) build();

// V8 can lose track of a page of WebAssembly when threads come and go, and then ends the whole process ("Check failed:
// jit_page.has_value()"). The record and the exports have threads, and nothing may end main. Node strips types in
// WebAssembly, in every thread anew unless it keeps the result; and on some processors protection keys help to lose it.
const FLAGS = ['--disable-warning=ExperimentalWarning', '--no-memory-protection-keys'];
const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'compiled');

// A relative path on the command line means relative to where npm was called, so the folder is not changed.
const child = spawn(node24, [...FLAGS, resolve(root, entry), ...rest], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: { NODE_COMPILE_CACHE, ...process.env },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
