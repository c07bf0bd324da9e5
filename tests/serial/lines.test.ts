import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Duplex, LineSettings } from '../../drivers/kit/transport.ts';
import { openLine } from '../../drivers/kit/transports/open-line.ts';
import { isPtyAvailable, openPty, type Pty } from '../../drivers/kit/transports/pty.ts';
import { listenForLines } from '../../drivers/kit/transports/tcp-server.ts';

const settings: LineSettings = { baudRate: 19_200, dataBits: 8, stopBits: 1, parity: 'none', rtscts: false };
const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function plug(link: string | null = null): Pty {
  const pty = openPty(link);
  cleanups.push(() => pty.line.close());
  return pty;
}

async function open(port: string): Promise<Duplex> {
  const line = await openLine(port, settings)();
  cleanups.push(() => line.close());
  return line;
}

function collect(line: Duplex): { bytes: number[]; reasons: string[] } {
  const seen = { bytes: [] as number[], reasons: [] as string[] };
  line.onData((bytes) => seen.bytes.push(...bytes));
  line.onClosed((reason) => seen.reasons.push(reason));
  return seen;
}

describe.skipIf(!isPtyAvailable())('a serial line over a pseudo-terminal', () => {
  test('carries every byte value unchanged both ways', async () => {
    const pty = plug();
    const device = collect(pty.line);
    const line = await open(`serial:${pty.path}`);
    const station = collect(line);
    await line.write(everyByte);
    await pty.line.write(everyByte);
    await vi.waitFor(() => expect(device.bytes).toEqual([...everyByte]), 5_000);
    await vi.waitFor(() => expect(station.bytes).toEqual([...everyByte]), 5_000);
  });

  test('tells the station that the cable was pulled, once, and takes no more bytes', async () => {
    const pty = plug();
    const line = await open(`serial:${pty.path}`);
    const station = collect(line);
    await pty.line.close();
    await vi.waitFor(() => expect(station.reasons).toHaveLength(1), 5_000);
    await expect(line.write(everyByte)).rejects.toMatchObject({ code: 'LINE_CLOSED' });
    await line.close();
    expect(station.reasons).toHaveLength(1);
  });

  test('keeps its port name when plugged in again', async () => {
    const link = join(mkdtempSync(join(tmpdir(), 'chairside-pty-')), 'pump');
    const first = plug(link);
    const before = await open(`serial:${link}`);
    const gone = collect(before);
    await first.line.close();
    await expect(openLine(`serial:${link}`, settings)()).rejects.toThrow(/does not exist/);
    await vi.waitFor(() => expect(gone.reasons).toHaveLength(1), 5_000);
    const device = collect(plug(link).line);
    const after = await open(`serial:${link}`);
    await after.write(Uint8Array.of(7));
    await vi.waitFor(() => expect(device.bytes).toEqual([7]), 5_000);
  });

  test('serves a station that closed its port and came back', async () => {
    const pty = plug();
    const device = collect(pty.line);
    const first = await open(`serial:${pty.path}`);
    await first.close();
    const second = await open(`serial:${pty.path}`);
    await second.write(Uint8Array.of(9));
    await vi.waitFor(() => expect(device.bytes).toEqual([9]), 5_000);
    expect(device.reasons).toEqual([]);
  });

  test('refuses a second opener of the same port and says who must give way', async () => {
    const pty = plug();
    await open(`serial:${pty.path}`);
    await expect(openLine(`serial:${pty.path}`, settings)()).rejects.toMatchObject({
      code: 'LINE_OPEN_FAILED',
      message: expect.stringMatching(/in use by another program/),
    });
  });

  test('loses bytes that nobody reads instead of blocking or growing', async () => {
    const pty = plug();
    const frame = new Uint8Array(1_000);
    const started = performance.now();
    const writes = Array.from({ length: 500 }, () => pty.line.write(frame));
    expect(performance.now() - started).toBeLessThan(2_000);
    await pty.line.close();
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true);
  });
});

describe('a line that cannot be opened', () => {
  test('says that a serial port does not exist', async () => {
    await expect(openLine('serial:/dev/no-such-port', settings)()).rejects.toMatchObject({
      code: 'LINE_OPEN_FAILED',
      message: expect.stringMatching(/does not exist/),
    });
  });

  test('says that a file is no serial port', async () => {
    await expect(openLine(`serial:${import.meta.filename}`, settings)()).rejects.toMatchObject({
      code: 'LINE_OPEN_FAILED',
      message: expect.stringMatching(/not a serial port/),
    });
  });

  test('says that nobody answers at a TCP address', async () => {
    const server = await listenForLines(() => {});
    await server.close();
    await expect(openLine(server.path, settings)()).rejects.toMatchObject({
      code: 'LINE_OPEN_FAILED',
      message: expect.stringMatching(/No connection to 127\.0\.0\.1/),
    });
  });

  test.each(['', 'serial:', 'tcp:host', 'tcp:host:0', 'tcp:host:70000', '/dev/ttyUSB0'])(
    'rejects the port name "%s"',
    (port) => {
      expect(() => openLine(port, settings)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    },
  );
});

describe('a TCP line', () => {
  test('carries bytes both ways and tells either side of the end', async () => {
    const accepted = Promise.withResolvers<{ line: Duplex; seen: ReturnType<typeof collect> }>();
    const server = await listenForLines((line) => accepted.resolve({ line, seen: collect(line) }));
    cleanups.push(() => server.close());
    const line = await open(server.path);
    const station = collect(line);
    const device = await accepted.promise;
    await line.write(everyByte);
    await device.line.write(everyByte);
    await vi.waitFor(() => expect(device.seen.bytes).toEqual([...everyByte]), 5_000);
    await vi.waitFor(() => expect(station.bytes).toEqual([...everyByte]), 5_000);
    await device.line.close();
    await vi.waitFor(() => expect(station.reasons).toHaveLength(1), 5_000);
    await expect(line.write(everyByte)).rejects.toMatchObject({ code: 'LINE_CLOSED' });
    expect(device.seen.reasons).toEqual(['closed by this side']);
  });
});
