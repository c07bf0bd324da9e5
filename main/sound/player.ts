import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that plays a WAV file: its path, and what it is called with. */
export interface Player {
  readonly name: string;
  readonly path: string;
  readonly args: (file: string) => readonly string[];
}

type Candidate = readonly [name: string, args: Player['args']];

const WINDOWS: readonly Candidate[] = [
  [
    'powershell.exe',
    (file) => ['-NoProfile', '-Command', `(New-Object Media.SoundPlayer '${file.replaceAll("'", "''")}').PlaySync()`],
  ],
];
const MAC: readonly Candidate[] = [['afplay', (file) => [file]]];
const LINUX: readonly Candidate[] = [
  ['pw-play', (file) => [file]],
  ['paplay', (file) => [file]],
  ['aplay', (file) => ['-q', file]],
];

const BY_PLATFORM: Readonly<Partial<Record<NodeJS.Platform, readonly Candidate[]>>> = { win32: WINDOWS, darwin: MAC };

/** The first player of this platform that is on the path, or null. */
export function findPlayer(
  path: string = process.env['PATH'] ?? '',
  platform: NodeJS.Platform = process.platform,
): Player | null {
  for (const [name, args] of BY_PLATFORM[platform] ?? LINUX) {
    const found = path
      .split(delimiter)
      .filter((folder) => folder !== '')
      .map((folder) => join(folder, name))
      .find(isProgram);
    if (found !== undefined) return { name, path: found, args };
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there or not ours to start: the next one is tried.
  }
}
