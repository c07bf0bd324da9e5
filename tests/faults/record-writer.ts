import { writeSync } from 'node:fs';
import { event, open } from '../../db/test-kit.ts';

// Child process of the record tests: appends without end and says which rows are durable.
const trail = await open(process.argv[2] ?? '');
for (;;) {
  const { seq } = await trail.append(event('write.on', { new: { text: 'x'.repeat(300) } }));
  writeSync(1, `${seq}\n`);
}
