import { statfsSync } from 'node:fs';

const MEBIBYTE = 1024 * 1024;
/** Below this somebody has weeks to make room; below the second no new session should begin. Proposals, in bytes. */
const LITTLE = 1024 * MEBIBYTE;
const ALMOST_NONE = 200 * MEBIBYTE;

/** Bytes that this account may still write in the file system of `folder`. Throws what the file system says. */
export function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

export const mebibytes = (bytes: number): number => Math.floor(bytes / MEBIBYTE);

/** Whether `bytes` more of what the record can do without leave room enough that nobody has to be told. */
export const hasRoomFor = (bytes: number, room: number): boolean => room - bytes >= LITTLE;

/** Technical alarm texts about `room` bytes that are left: somebody must see it before the record cannot be written. */
export function roomConcerns(room: number): readonly string[] {
  if (room >= LITTLE) return [];
  const left = `${mebibytes(room)} MiB are left on the disk of the record.`;
  return room >= ALMOST_NONE
    ? [`${left} Make room on it this week.`]
    : [`${left} Make room now, before the next session: without room nothing can be started. STOP works without it.`];
}
