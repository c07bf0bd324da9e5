import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Result } from '../../../preload/contract/leaf.ts';
import { createStopControl, SENT_SHOWN_MS, STOP_ANSWER_MS } from './stop-control.ts';

type Answer = Result<Record<string, never>>;

function control() {
  const sent: string[] = [];
  const answers: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  const parts = createStopControl({
    chair: {
      stop: ({ chairId }) => {
        sent.push(chairId);
        return new Promise<Answer>((resolve, reject) => answers.push({ resolve, reject }));
      },
    },
  });
  return { ...parts, sent, answers, state: () => parts.presses.getState()['chair-1'] };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the stop control', () => {
  test('sends in the same turn as the press, and every press again', () => {
    const { press, sent } = control();
    press('chair-1');
    press('chair-1');
    expect(sent).toEqual(['chair-1', 'chair-1']);
  });

  test('says sent only when the station has answered', async () => {
    const { press, answers, state } = control();
    press('chair-1');
    expect(state()).toEqual({ kind: 'sending' });
    answers[0]?.resolve({ ok: true, value: {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toEqual({ kind: 'sent' });
    await vi.advanceTimersByTimeAsync(STOP_ANSWER_MS);
    expect(state()).toEqual({ kind: 'sent' });
    await vi.advanceTimersByTimeAsync(SENT_SHOWN_MS);
    expect(state()).toBeUndefined();
  });

  test('a station that does not answer is told as a failure', async () => {
    const { press, state } = control();
    press('chair-1');
    await vi.advanceTimersByTimeAsync(STOP_ANSWER_MS);
    expect(state()).toMatchObject({ kind: 'failed' });
  });

  test('a rejected call is told as a failure', async () => {
    const { press, answers, state } = control();
    press('chair-1');
    answers[0]?.reject(new Error('closed'));
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toMatchObject({ kind: 'failed' });
  });

  test('the late answer of an earlier press does not cover the newer one', async () => {
    const { press, answers, state } = control();
    press('chair-1');
    press('chair-1');
    answers[0]?.resolve({ ok: true, value: {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(state()).toEqual({ kind: 'sending' });
  });
});
