import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BURSTS } from '../../core/alarm-bursts.ts';
import type { AlarmPriority } from '../../core/alarms.ts';
import { alarmWav } from './alarm-wav.ts';
import { findPlayer, type Player } from './player.ts';

/** Sounds alarms from main, where no page can be heard. */
export interface BackupSound {
  /** Named on the screen and in the record. */
  readonly name: string;
  /** Sounds the bursts of a priority from now on, at once when it is another one; null ends it. Safe to repeat. */
  set(priority: AlarmPriority | null): void;
}

const PRIORITIES: readonly AlarmPriority[] = ['high', 'medium', 'low'];

/** Bursts at the pace of the table, each by `play`. */
export class BurstClock implements BackupSound {
  readonly name: string;
  readonly #play: (priority: AlarmPriority) => void;
  #priority: AlarmPriority | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(name: string, play: (priority: AlarmPriority) => void) {
    this.name = name;
    this.#play = play;
  }

  set(priority: AlarmPriority | null): void {
    if (priority === this.#priority) return;
    this.#priority = priority;
    clearInterval(this.#timer);
    if (priority === null) return;
    this.#play(priority);
    this.#timer = setInterval(() => this.#play(priority), BURSTS[priority].everyS * 1000);
  }
}

/**
 * The platform's own player with files of the bursts below `folder`; where there is none, `lastResort`, which may be
 * null: then main cannot sound, and says so.
 */
export function backupSound(
  folder: string,
  lastResort: (() => void) | null,
  player: Player | null = findPlayer(),
): BackupSound | null {
  if (player !== null) return new BurstClock(player.name, playing(folder, player));
  return lastResort === null ? null : new BurstClock('system beep', lastResort);
}

function playing(folder: string, player: Player): (priority: AlarmPriority) => void {
  const file = (priority: AlarmPriority): string => join(folder, `alarm-${priority}.wav`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const priority of PRIORITIES) writeFileSync(file(priority), alarmWav(priority));
  let last: ChildProcess | null = null;
  return (priority) => {
    // A burst that still plays is cut off by the next one: two at once would not be told apart.
    last?.kill();
    last = spawn(player.path, player.args(file(priority)), { stdio: 'ignore', windowsHide: true });
    // A player that cannot be started leaves the light and the text; the next burst tries again.
    last.on('error', () => undefined);
  };
}
