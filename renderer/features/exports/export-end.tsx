import type { ExportState } from '../../../preload/contract/exports.ts';
import { Notice } from '../../ui/notice.tsx';
import styles from './export-end.module.css';

/** What came of an export; nothing while it runs. */
export function ExportEnd({ state }: { state: ExportState }) {
  switch (state.state) {
    case 'running':
      return null;
    case 'cancelled':
      return <Notice tone="info">Cancelled. Nothing of it was kept.</Notice>;
    case 'failed':
      return (
        <Notice tone="hard">
          <strong>The export failed: </strong>
          {state.message} Nothing of it was kept.
        </Notice>
      );
    case 'done':
      return <Done state={state} />;
  }
}

const Done = ({ state }: { state: Extract<ExportState, { state: 'done' }> }) => (
  <Notice tone={state.verified ? 'info' : 'hard'}>
    <dl className={styles['facts']}>
      <dt>Check</dt>
      <dd>
        <strong>
          {state.verified ? '✓ Read back from the disk: in order' : '✗ Read back from the disk: NOT in order'}
        </strong>
      </dd>
      <dt>Sessions</dt>
      <dd>
        {state.sessions}, {state.rows} rows
      </dd>
      <dt>Written to</dt>
      <dd className={styles['code']}>{state.path}</dd>
      <dt>Fingerprint of this export</dt>
      <dd className={styles['code']}>{state.manifest}</dd>
      <dt>Root key</dt>
      <dd className={styles['code']}>{state.root}</dd>
      {state.anchorSheet !== null && <Sheet path={state.anchorSheet} />}
    </dl>
  </Notice>
);

/** Of an export without identifiers. */
const Sheet = ({ path }: { path: string }) => (
  <>
    <dt>Anchor sheet</dt>
    <dd>
      <span className={styles['code']}>{path}</span>
      <br />
      <strong>Keep it here or on paper; do not hand it out with the export.</strong> It proves later what the record
      was, and names this station, which the export must not.
    </dd>
  </>
);
