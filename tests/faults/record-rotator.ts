import { writeSync } from 'node:fs';
import { event, open } from '../../db/test-kit.ts';

// Child process of the record tests: opens and closes sessions without end, so that its signing key changes all the time.
const trail = await open(process.argv[2] ?? '');
for (let count = 0; ; count += 1) {
  const id = `${process.pid}-${count}`;
  const person = { id, chairId: '1', patientId: 'p', patientName: 'n', clinician: 'c' };
  await trail.openSession(person, event('session.open', { session: id }));
  const { seq } = await trail.closeSession(id, 'ended', event('session.end', { session: id }));
  writeSync(1, `${seq}\n`);
}
