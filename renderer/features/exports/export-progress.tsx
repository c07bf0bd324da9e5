import type { ExportState } from '../../../preload/contract/exports.ts';
import styles from './export-form.module.css';

/** How far an export is: first the whole record is checked, once, then each session is written. */
export function Progress({ state }: { state: Extract<ExportState, { state: 'running' }> }) {
  const { done, sessions, checked } = state;
  return (
    <>
      <progress aria-label="Export under way" max={checked?.of ?? sessions} value={checked?.rows ?? done} />
      <span className={styles['count']}>
        {checked === null
          ? `${done} of ${sessions} sessions`
          : `Checking the record: ${checked.rows} of ${checked.of} rows`}
      </span>
    </>
  );
}
