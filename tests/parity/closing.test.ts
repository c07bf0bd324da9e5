import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type ClosingDialog, type ClosingWindow, confirmClosing } from '../../main/electron/closing.ts';

/** A window whose user presses its close button, and a dialog whose answer the test gives. */
function closable(running: readonly string[]) {
  const events = new EventEmitter();
  const answers: ((response: number) => void)[] = [];
  const destroy = vi.fn<() => void>();
  const window = Object.assign(events, { destroy }) as unknown as ClosingWindow;
  const dialog = {
    showMessageBox: () => new Promise((resolve) => answers.push((response) => resolve({ response }))),
  } as unknown as ClosingDialog;
  confirmClosing(window, dialog, () => running);
  return {
    answers,
    destroy,
    close: () => {
      const preventDefault = vi.fn<() => void>();
      events.emit('close', { preventDefault });
      return preventDefault.mock.calls.length === 0;
    },
  };
}

test('with nothing running the window closes without a question', () => {
  const { close, answers } = closable([]);
  expect(close()).toBe(true);
  expect(answers).toHaveLength(0);
});

test('while an infusion runs it asks once, and stays when told to keep running', async () => {
  const { close, answers, destroy } = closable(['Chair 1']);
  expect(close()).toBe(false);
  expect(close()).toBe(false);
  expect(answers).toHaveLength(1);
  answers[0]?.(0);
  await Promise.resolve();
  expect(destroy).not.toHaveBeenCalled();
});

test('it closes when told to stop', async () => {
  const { close, answers, destroy } = closable(['Chair 1']);
  close();
  answers[0]?.(1);
  await expect.poll(() => destroy.mock.calls.length).toBe(1);
});
