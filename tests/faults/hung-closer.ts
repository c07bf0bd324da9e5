import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { openTrail } from '../../db/client.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import { endAfter } from '../../main/end-process.ts';
import { createStation } from '../../main/station/station.ts';
import { FakeHost } from '../../main/station/test-kit.ts';

// A station that is closed while its record hangs inside the system: `node hung-closer.ts FOLDER FIFO`. The thread opens a FIFO that nobody
// writes to, which blocks it as a disk blocks it: no exit and no termination of threads gets it out.

const [folder = '', fifo = ''] = process.argv.slice(2);

const WORKER = `
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const LISTS = new Set(['sessions', 'holdRows', 'accessChanges', 'sessionRows', 'sessionTrends']);
const STATUS = { sealed: true, segment: 1, rootFingerprint: 'ROOT', enrolled: true, anchors: [], concerns: [] };
let seq = 0;
parentPort.on('message', ({ id, name, args }) => {
  if (name === 'append' && args[0].act === 'station.stop') readFileSync(${JSON.stringify(fifo)});
  const value = LISTS.has(name) ? [] : name === 'status' ? STATUS : { seq: ++seq, hash: '' };
  parentPort.postMessage({ kind: 'done', id, value });
});
parentPort.postMessage({ kind: 'ready' });
`;

const station = await createStation({
  configuration: { stationName: 'test', demonstration: false, chairs: [], people: [] },
  trail: await openTrail({
    folder,
    station: 'test',
    appVersion: '0',
    workerUrl: new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`),
  }),
  spawnDeviceHost: () => new FakeHost(),
  clock: monotonicClock,
  profile: PROPOSED_PROFILE,
  host: 'browser',
  version: '0',
  exportFolder: folder,
  backupSound: null,
  playScenario: null,
});

await endAfter(station.close(), (code) => process.exit(code));
