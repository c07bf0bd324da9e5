import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { connect } from './app/api.ts';
import { App } from './app/app.tsx';
import { createAppStore } from './app/app-store.ts';
import { createStationStore } from './app/station-store.ts';
import { createStopControl } from './features/stop/stop-control.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no root');

const api = connect();
createRoot(root).render(
  <App parts={{ api, station: createStationStore(api).store, app: createAppStore(), stop: createStopControl(api) }} />,
);
