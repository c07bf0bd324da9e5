import { describe, expect, test } from 'vitest';
import { EventEmitter } from 'node:events';
import { SeatSocket } from '../../main/browser/websocket.ts';
import type { Seat } from '../../main/station/station-types.ts';
import type { Update } from '../../preload/contract/api.ts';

const MEBIBYTE = 1024 * 1024;

/** A socket whose reader is as slow as the test says. */
class SlowSocket extends EventEmitter {
  bufferedAmount = 0;
  terminated = false;
  readonly sent: unknown[] = [];

  send(text: unknown): void {
    this.sent.push(JSON.parse(String(text)));
  }

  terminate(): void {
    this.terminated = true;
  }
}

function connect() {
  const socket = new SlowSocket();
  const listeners = new Map<string, (update: Update<never>) => void>();
  const seat: Seat = {
    call: async () => ({ ok: true, value: {} }),
    subscribe: (name, listener) => {
      listeners.set(name, listener);
      // A snapshot during the call itself must still come after the answer.
      (listener as (update: Update<unknown>) => void)({ number: 0, data: 'snapshot' });
      return { ok: true, value: () => undefined };
    },
    close: () => undefined,
  };
  new SeatSocket(socket as unknown as ConstructorParameters<typeof SeatSocket>[0], seat);
  const publish = (topic: string, number: number) => listeners.get(topic)?.({ number, data: 'x' as never });
  const subscribe = (id: number, topic: string) =>
    socket.emit('message', Buffer.from(JSON.stringify({ id, subscribe: topic })), false);
  return { socket, publish, subscribe };
}

describe('a reader that does not keep up', () => {
  test('the answer comes before the snapshot', () => {
    const { socket, subscribe } = connect();
    subscribe(5, 'station');
    expect(socket.sent).toEqual([
      { id: 5, result: { ok: true, value: { subscription: 1 } } },
      { subscription: 1, number: 0, data: 'snapshot' },
    ]);
  });

  test('whole-state updates are left out and the gap shows; events are kept', () => {
    const { socket, publish, subscribe } = connect();
    subscribe(1, 'station');
    subscribe(2, 'trail');
    socket.sent.length = 0;
    socket.bufferedAmount = MEBIBYTE + 1;
    publish('station', 1);
    publish('trail', 1);
    socket.bufferedAmount = 0;
    publish('station', 2);
    expect(socket.sent).toEqual([
      { subscription: 2, number: 1, data: 'x' },
      { subscription: 1, number: 2, data: 'x' },
    ]);
  });

  test('what grows without end ends the socket', () => {
    const { socket, publish, subscribe } = connect();
    subscribe(1, 'trail');
    socket.bufferedAmount = 17 * MEBIBYTE;
    publish('trail', 1);
    expect(socket.terminated).toBe(true);
  });
});
