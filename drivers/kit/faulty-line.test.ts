import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faultyLine } from './faulty-line.ts';
import { memoryLine } from './transports/memory.ts';

function bench() {
  const [near, far] = memoryLine();
  const received: number[][] = [];
  near.onData((bytes) => received.push([...bytes]));
  const faulty = faultyLine(far);
  return { near, received, faulty };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe('a faulty line', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('passes bytes unchanged without a fault', async () => {
    const { received, faulty } = bench();
    await faulty.line.write(Uint8Array.of(1, 2, 3));
    await settled();
    expect(received).toEqual([[1, 2, 3]]);
  });

  test('silence says nothing and hears nothing', async () => {
    const { near, received, faulty } = bench();
    const heard: number[][] = [];
    faulty.line.onData((bytes) => heard.push([...bytes]));
    faulty.set({ kind: 'silence', on: true });
    await faulty.line.write(Uint8Array.of(1));
    await near.write(Uint8Array.of(9));
    await settled();
    expect(received).toEqual([]);
    expect(heard).toEqual([]);
  });

  test('drops every n-th frame', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'drop', every: 2 });
    for (const byte of [1, 2, 3, 4]) await faulty.line.write(Uint8Array.of(byte));
    await settled();
    expect(received).toEqual([[1], [3]]);
  });

  test('flips a bit in every n-th byte, counted across frames', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'garble', everyBytes: 3 });
    await faulty.line.write(Uint8Array.of(0, 0));
    await faulty.line.write(Uint8Array.of(0, 0));
    await settled();
    expect(received).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  test('delays frames without changing their order when the delay is shortened', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'delay', milliseconds: 100 });
    await faulty.line.write(Uint8Array.of(1));
    faulty.set({ kind: 'delay', milliseconds: 10 });
    await faulty.line.write(Uint8Array.of(2));
    faulty.set({ kind: 'none' });
    await faulty.line.write(Uint8Array.of(3));
    expect(received).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(received).toEqual([[1], [2], [3]]);
  });

  test('loses held frames when the line closes, without an error', async () => {
    const { near, received, faulty } = bench();
    const reasons: string[] = [];
    faulty.line.onClosed((reason) => reasons.push(reason));
    faulty.set({ kind: 'delay', milliseconds: 100 });
    await faulty.line.write(Uint8Array.of(1));
    await near.close();
    await vi.advanceTimersByTimeAsync(200);
    expect(received).toEqual([]);
    expect(reasons).toHaveLength(1);
  });

  test('splits a frame into two halves with time between them', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'split', milliseconds: 50 });
    await faulty.line.write(Uint8Array.of(1, 2, 3));
    await settled();
    expect(received).toEqual([[1]]);
    await vi.advanceTimersByTimeAsync(50);
    expect(received).toEqual([[1], [2, 3]]);
  });

  test('merges frames into one and lets the held one go with the next when the fault has ended', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'merge', frames: 2 });
    for (const byte of [1, 2, 3]) await faulty.line.write(Uint8Array.of(byte));
    await settled();
    expect(received).toEqual([[1, 2]]);
    faulty.set({ kind: 'none' });
    await faulty.line.write(Uint8Array.of(4));
    await settled();
    expect(received).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('sends every n-th frame twice', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'duplicate', every: 2 });
    for (const byte of [1, 2, 3]) await faulty.line.write(Uint8Array.of(byte));
    await settled();
    expect(received).toEqual([[1], [2], [2], [3]]);
  });

  test('sends slow bytes one by one and in order', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'slow', millisecondsPerByte: 10 });
    await faulty.line.write(Uint8Array.of(1, 2, 3));
    await vi.advanceTimersByTimeAsync(10);
    expect(received).toEqual([[1], [2]]);
    await vi.advanceTimersByTimeAsync(10);
    expect(received).toEqual([[1], [2], [3]]);
  });

  test('echoes what the host sends, and the device still hears it', async () => {
    const { near, received, faulty } = bench();
    const heard: number[][] = [];
    faulty.line.onData((bytes) => heard.push([...bytes]));
    faulty.set({ kind: 'echo', on: true });
    await near.write(Uint8Array.of(5, 6));
    await settled();
    expect(received).toEqual([[5, 6]]);
    expect(heard).toEqual([[5, 6]]);
  });

  test('floods the line until it ends, and the frames still come through', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'flood', on: true });
    await vi.advanceTimersByTimeAsync(100);
    await faulty.line.write(Uint8Array.of(7));
    await settled();
    expect(received.flat().length).toBe(5 * 32 + 1);
    expect(received.at(-1)).toEqual([7]);
    faulty.set({ kind: 'flood', on: false });
    await vi.advanceTimersByTimeAsync(100);
    expect(received.flat().length).toBe(5 * 32 + 1);
  });

  test('a line that closed is flooded no more', async () => {
    const { near, received, faulty } = bench();
    faulty.line.onClosed(() => {});
    faulty.set({ kind: 'flood', on: true });
    await near.close();
    await vi.advanceTimersByTimeAsync(100);
    expect(received).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('clears every fault on none', async () => {
    const { received, faulty } = bench();
    faulty.set({ kind: 'silence', on: true });
    faulty.set({ kind: 'drop', every: 1 });
    faulty.set({ kind: 'garble', everyBytes: 1 });
    faulty.set({ kind: 'none' });
    await faulty.line.write(Uint8Array.of(7));
    await settled();
    expect(received).toEqual([[7]]);
  });
});
