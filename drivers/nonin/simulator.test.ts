import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { memoryLine } from '../kit/transports/memory.ts';
import { PacketFramer } from './frame.ts';
import { type NoninFormat, selectFormat } from './messages.ts';
import { createNoninSimulator } from './simulator.ts';

const ACK = 0x06;
const NAK = 0x15;
const clock = { now: () => millisecond(Date.now()) };
const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function bench(format: NoninFormat = '7') {
  const simulator = createNoninSimulator({ clock, format });
  const [near, far] = memoryLine();
  const bytes: number[] = [];
  near.onData((chunk) => void bytes.push(...chunk));
  simulator.attach(far);
  const framer = new PacketFramer('7');
  /** FLOAT bytes by place in the packet, of the newest packet since the last call. */
  const floats = () => {
    const found: Record<number, number> = {};
    for (const event of framer.push(Uint8Array.from(bytes.splice(0)))) {
      if (event.kind === 'frame') found[event.position] = event.float;
    }
    return found;
  };
  return { simulator, near, bytes, floats };
}

describe('the Nonin simulator', () => {
  test('sends 75 frames a second without drift', async () => {
    const { bytes } = bench();
    await after(60_000);
    expect(bytes.length).toBe(60 * 75 * 5);
  });

  test('after a long sleep of its process sends what is due, not all it missed', async () => {
    const { bytes } = bench();
    await after(1000);
    vi.setSystemTime(600_000);
    await after(1000);
    expect(bytes.length).toBeLessThanOrEqual(3 * 75 * 5);
  });

  test('shows the signs it was given', async () => {
    const { simulator, floats } = bench();
    simulator.show({ spo2: 93, pulse: 200, perfusion: 'good' });
    await after(3000);
    expect(floats()).toMatchObject({ 1: 1, 2: 72, 3: 93 });
  });

  test('without a finger the plain values go at once, the display values after ten seconds', async () => {
    const { simulator, floats } = bench();
    simulator.show({ spo2: 93, pulse: 70, perfusion: 'good' });
    await after(4000);
    simulator.fault({ kind: 'finger-off', on: true });
    await after(1000);
    expect(floats()).toMatchObject({ 1: 3, 2: 127, 3: 127, 9: 93 });
    await after(7000);
    expect(floats()).toMatchObject({ 3: 127, 9: 93 });
    await after(5000);
    expect(floats()).toMatchObject({ 3: 127, 9: 127 });
  });

  test.each([
    [1000, ACK, '8'],
    [6000, NAK, '7'],
  ] as const)('a format command %i ms after power-up gets %i', async (wait, reply, format) => {
    const { near, bytes } = bench();
    await after(wait);
    bytes.length = 0;
    await near.write(selectFormat('8'));
    await after(0);
    expect(bytes).toEqual([reply]);
    bytes.length = 0;
    await after(2000);
    expect(bytes.length).toBe(format === '8' ? 8 : 750);
  });

  test('a format it does not have is refused', async () => {
    const { near, bytes } = bench();
    await near.write(Uint8Array.of(0x02, 0x70, 0x02, 0x02, 0x0d, 0x03));
    await after(0);
    expect(bytes).toEqual([NAK]);
  });

  test('keeps its format through a power cycle, and is dark meanwhile', async () => {
    const { simulator, near, bytes } = bench();
    await near.write(selectFormat('8'));
    await after(100);
    simulator.fault({ kind: 'power-cycle' });
    bytes.length = 0;
    await after(950);
    expect(bytes).toEqual([]);
    await after(3000);
    expect(bytes.length % 4).toBe(0);
    expect(bytes.length).toBeGreaterThan(0);
  });

  test('a wire fault outlives the cable', async () => {
    const { simulator, near } = bench();
    simulator.fault({ kind: 'silence', on: true });
    await near.close();
    const [again, far] = memoryLine();
    const bytes: number[] = [];
    again.onData((chunk) => void bytes.push(...chunk));
    simulator.attach(far);
    await after(1000);
    expect(bytes).toEqual([]);
    simulator.fault({ kind: 'none' });
    await after(1000);
    expect(bytes.length).toBe(375);
  });

  test('sends nothing any more once it is switched off', async () => {
    const { simulator, bytes } = bench();
    simulator.dispose();
    await after(2000);
    expect(bytes).toEqual([]);
  });

  test('spoils the checksum of every n-th frame', async () => {
    const { simulator, bytes } = bench();
    const framer = new PacketFramer('7');
    const damaged = () => framer.push(Uint8Array.from(bytes.splice(0))).filter(({ kind }) => kind === 'damaged').length;
    await after(2000);
    expect(damaged()).toBe(0);
    simulator.fault({ kind: 'checksum', every: 40 });
    await after(8000);
    expect(damaged()).toBe(15);
  });
});
