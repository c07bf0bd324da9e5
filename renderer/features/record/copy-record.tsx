import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from '../access/access.module.css';

/** A checked copy of the record, now, beside the one a day. */
export function CopyRecord() {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [copy, setCopy] = useState<{ readonly path: string; readonly rows: number } | null>(null);
  const make = async (): Promise<void> => {
    setCopy(null);
    setCopy(await run(() => api.record.backup({})));
  };
  return (
    <Panel title="Copy of the record" className={styles['panel']}>
      <p aria-live="polite">
        {busy && 'Copying and checking the copy ...'}
        {!busy && copy !== null && `Copied and checked, ${copy.rows} rows: ${copy.path}`}
        {!busy && copy === null && 'Nothing waits for it; chairs and pumps go on meanwhile.'}
      </p>
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button disabled={busy} onClick={() => void make()}>
          Copy now
        </Button>
      </div>
    </Panel>
  );
}
