import type { BrowserWindowConstructorOptions } from 'electron';

/** Everything that decides what the page may do is stated, default or not, so that a changed default changes nothing. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1600,
    height: 1000,
    minWidth: 1024,
    minHeight: 700,
    show: true,
    title: 'Chairside',
    backgroundColor: '#0b0f14',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
      // Numbers and alarms go on while the window is covered.
      backgroundThrottling: false,
      // An alarm sounds without a click before it.
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}
