import type { BrowserWindow, Dialog } from 'electron';

const KEEP_RUNNING = 0;
const STOP_AND_QUIT = 1;

/** The parts of Electron that closing needs. */
export type ClosingWindow = Pick<BrowserWindow, 'on' | 'destroy'>;
export type ClosingDialog = Pick<Dialog, 'showMessageBox'>;

/**
 * Closing the window ends the station and stops every infusion, so it asks while one runs. Keeping on is the answer of
 * Enter and Escape. An end by the system or a signal is not asked about: it stops the pumps at once.
 */
export function confirmClosing(window: ClosingWindow, dialog: ClosingDialog, running: () => readonly string[]): void {
  let isAsking = false;
  const ask = async (chairs: readonly string[]): Promise<void> => {
    isAsking = true;
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Chairside',
      message: `An infusion is running at ${chairs.join(', ')}.`,
      detail: 'Closing Chairside stops it and ends the supervision of every patient.',
      buttons: ['Keep running', 'Stop and close'],
      defaultId: KEEP_RUNNING,
      cancelId: KEEP_RUNNING,
      noLink: true,
    });
    isAsking = false;
    if (response === STOP_AND_QUIT) window.destroy();
  };
  window.on('close', (event) => {
    const chairs = running();
    if (chairs.length === 0) return;
    event.preventDefault();
    if (!isAsking) void ask(chairs);
  });
}
