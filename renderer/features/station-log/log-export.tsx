import { useState } from 'react';
import { useApi, useApp } from '../../app/context.tsx';
import type { WrittenLog } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, Refusal } from '../../ui/notice.tsx';
import { type LogDraft, toLogAsked } from './log-draft.ts';
import styles from './station-log.module.css';

/** All rows that fit as a table for spreadsheets. That somebody wrote it is itself a row of the log. */
export function LogExport({ draft }: { draft: LogDraft }) {
  const api = useApi();
  const timeZone = useApp((state) => state.info?.timeZone ?? 'UTC');
  const { busy, failure, run } = useCall();
  const [written, setWritten] = useState<WrittenLog | null>(null);
  const write = async (): Promise<void> => {
    setWritten(null);
    setWritten(await run(() => api.review.exportLog(toLogAsked(draft, timeZone))));
  };
  return (
    <div className={styles['export']} aria-busy={busy}>
      <Button disabled={busy} onClick={() => void write()}>
        {busy ? 'Writing ...' : 'Export these rows (CSV)'}
      </Button>
      <div aria-live="polite" className={styles['written']}>
        <Refusal failure={failure} />
        {written !== null && (
          <Notice tone="info">
            {written.rows} rows written to <span className={styles['code']}>{written.path}</span>, SHA-256{' '}
            <span className={styles['code']}>{written.sha256}</span>
          </Notice>
        )}
      </div>
    </div>
  );
}
