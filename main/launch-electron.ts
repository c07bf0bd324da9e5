import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions } from './launch-options.ts';

/**
 * Where the electron package put its binary, or null. Reads the package's own note: importing the package would try
 * to download what is absent.
 *
 * @param root absolute path of the project
 */
export function electronBinary(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return null;
  const binary = join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Runs the desktop program until it ends; signals are handed on. Resolves with its exit code. */
export function runInElectron(binary: string, root: string, { data, config }: LaunchOptions): Promise<number> {
  const args = [
    join(root, 'out', 'main', 'index.js'),
    '--data',
    data,
    ...(config === null ? [] : ['--config', config]),
  ];
  const child = spawn(binary, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
