import { writeSync } from 'node:fs';
import { openTrail } from '../../db/client.ts';
import { engineChunk, event, trend } from '../../db/test-kit.ts';
import type { AuditReceipt } from '../../db/trail.ts';
import { Random } from '../chaos/random.ts';
import { isSealedWork, SEAL } from './seal.ts';

// Child process of the torture: works as a station does and says of each row that it is durable. Arguments: folder, seed.

const [folder = '', seed = '1'] = process.argv.slice(2);
const random = new Random(Number(seed));
const PERSON = { chairId: '1', patientId: 'p', patientName: 'Ada Example', clinician: 'nurse-7' };

/** From here on the station acts on the row: it must never be lost. */
async function acknowledge(receipt: Promise<AuditReceipt>): Promise<void> {
  const { seq, hash } = await receipt;
  writeSync(1, `ack ${seq} ${hash}\n`);
}

/** Starts and sessions change keys; rows beyond 500 make the write-ahead log go back into the file. */
async function run(part: string, sessions: number, rows: number): Promise<void> {
  const keySeal = isSealedWork(Number(seed)) ? SEAL : null;
  const trail = await openTrail({ folder, station: 'room 1', appVersion: '0.1.0', ballastBytes: 0, keySeal });
  await acknowledge(trail.putAccess({ people: [{ id: part, role: 'technician' }] }, event('access.change')));
  for (let count = 0; count < sessions; count += 1) {
    const session = `${part}-${count}`;
    await acknowledge(trail.openSession({ id: session, ...PERSON }, event('session.open', { session, patient: 'p' })));
    for (let row = 0; row < rows; row += 1) {
      const text = 'x'.repeat(random.between(1, 900));
      await acknowledge(trail.append(event('write.on', { session, patient: 'p', new: { text } })));
      if (random.chance(0.02)) await acknowledge(trail.putTrend(trend(session)));
      if (random.chance(0.02)) await acknowledge(trail.putEngineChunk(engineChunk(session)));
    }
    await acknowledge(trail.closeSession(session, 'ended', event('session.end', { session, patient: 'p' })));
  }
  await trail.close();
}

await run('first', 2, 20);
await run('second', 2, random.between(20, 300));
await run('third', 1, 20);
