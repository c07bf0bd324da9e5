import { PAGE } from './origin.ts';
import { PageWatch } from './page-watch.ts';

/** Milliseconds before the page of a crashed renderer is loaded again, so that a page that always crashes does not spin. */
const RELOAD_AFTER = 1000;

/** The parts of Electron's BrowserWindow and its contents that keep a page on the screen. */
export interface WindowPart {
  loadURL(url: string): Promise<void>;
  isDestroyed(): boolean;
  on(event: 'unresponsive', listener: () => void): unknown;
  readonly webContents: {
    readonly id: number;
    on(event: 'render-process-gone', listener: () => void): unknown;
    on(
      event: 'did-start-navigation',
      listener: (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }) => void,
    ): unknown;
    once(event: 'destroyed', listener: () => void): unknown;
    forcefullyCrashRenderer(): void;
  };
}

/**
 * Keeps the page alive: a renderer that no longer reports is ended, an ended one is loaded again. Supervision
 * runs in main and does not notice.
 *
 * @param closeSeat ends what the old page had; called for every page that goes
 * @param onReports is given what to call whenever a page has reported
 */
export function keepPage(
  window: WindowPart,
  closeSeat: (contentsId: number) => void,
  onReports: (listener: (contentsId: number) => void) => void,
): Promise<void> {
  const { webContents: contents } = window;
  const { id } = contents;
  const watch = new PageWatch(() => contents.forcefullyCrashRenderer());
  const load = (): Promise<void> => {
    watch.loading();
    return window.loadURL(PAGE);
  };
  onReports((reporter) => {
    if (reporter === id) watch.alive();
  });
  window.on('unresponsive', () => contents.forcefullyCrashRenderer());
  contents.on('render-process-gone', () => {
    watch.gone();
    closeSeat(id);
    setTimeout(() => {
      if (!window.isDestroyed()) void load();
    }, RELOAD_AFTER);
  });
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) closeSeat(id);
  });
  contents.once('destroyed', () => {
    watch.gone();
    closeSeat(id);
  });
  return load();
}
