import { contextBridge, ipcRenderer } from 'electron';
import { createElectronApi } from './electron-carrier.ts';

/** Functions only: the page never gets ipcRenderer itself. */
contextBridge.exposeInMainWorld('chairside', createElectronApi(ipcRenderer));
