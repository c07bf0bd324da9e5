import { useApp } from '../../app/context.tsx';
import type { LogExportState } from '../../app/types.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, Refusal } from '../../ui/notice.tsx';
import { type LogDraft, toLogAsked } from './log-draft.ts';
import styles from './station-log.module.css';
import { useLogExport } from './use-log-export.ts';

/** All rows that fit as a table for spreadsheets. That somebody wrote it is itself a row of the log. */
export function LogExport({ draft }: { draft: LogDraft }) {
  const timeZone = useApp((state) => state.info?.timeZone ?? 'UTC');
  const { busy, failure, state, start, cancel } = useLogExport();
  return (
    <div className={styles['export']} aria-busy={state.state === 'running'}>
      {state.state === 'running' ? (
        <>
          <progress aria-label="Export of the log under way" max={Math.max(1, state.of)} value={state.looked} />
          <span>
            {state.looked} of {state.of} rows of the record looked at
          </span>
          <Button disabled={busy} onClick={() => void cancel()}>
            Cancel the export
          </Button>
        </>
      ) : (
        <Button disabled={busy} onClick={() => void start(toLogAsked(draft, timeZone))}>
          Export these rows (CSV)
        </Button>
      )}
      <div aria-live="polite" className={styles['written']}>
        <Refusal failure={failure} />
        <End state={state} />
      </div>
    </div>
  );
}

/** What came of it; nothing while it runs. */
function End({ state }: { state: LogExportState }) {
  switch (state.state) {
    case 'never':
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
      return (
        <Notice tone="info">
          {state.rows} rows written to <span className={styles['code']}>{state.path}</span>, SHA-256{' '}
          <span className={styles['code']}>{state.sha256}</span>. The anchor of the record is on the sheet beside it,{' '}
          <span className={styles['code']}>{state.anchorSheet}</span>: keep it away from the station
        </Notice>
      );
  }
}
