import { expect, test } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { Discards } from './discards.ts';
import type { FromDeviceHost } from './messages.ts';

test('sums up a flood of rejected bytes in one message a second', () => {
  let time = 0;
  const sent: FromDeviceHost[] = [];
  const discards = new Discards('pump', { now: () => millisecond(time) }, (message) => sent.push(message));
  discards.tick();
  for (; time < 2_500; time += 10) {
    discards.add(time % 20 === 0 ? 'bad checksum' : 'no frame', 3);
    discards.tick();
  }
  expect(sent).toEqual([
    { kind: 'discarded', device: 'pump', reason: 'bad checksum, no frame', bytes: 303, at: 1_000 },
    { kind: 'discarded', device: 'pump', reason: 'no frame, bad checksum', bytes: 303, at: 2_010 },
  ]);
});
