import { useState } from 'react';
import { useApi, useApp } from '../../app/context.tsx';
import type { ExportAnswer, SessionRow } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, Refusal } from '../../ui/notice.tsx';
import styles from './export-box.module.css';

/** Export of a closed session: the folder, what it holds, and whether the chain was found whole. */
export function ExportBox({ session }: { session: Pick<SessionRow, 'id' | 'closedAt'> }) {
  const api = useApi();
  const supervisor = useApp((state) => state.me?.role === 'supervisor');
  const { busy, failure, run } = useCall();
  const [answer, setAnswer] = useState<ExportAnswer | null>(null);
  const write = async (): Promise<void> => {
    setAnswer(null);
    setAnswer(await run(() => api.session.export({ sessionId: session.id })));
  };
  if (!supervisor) return null;
  return (
    <div className={styles['box']} aria-busy={busy}>
      <div className={styles['action']}>
        <Button tone="primary" disabled={busy || session.closedAt === null} onClick={() => void write()}>
          {busy ? 'Exporting ...' : 'Export the record'}
        </Button>
        {session.closedAt === null && <span>Only a closed session can be exported.</span>}
        {busy && <progress aria-label="Export under way" />}
      </div>
      <Refusal failure={failure} />
      {answer !== null && <ExportResult answer={answer} />}
    </div>
  );
}

const ExportResult = ({ answer }: { answer: ExportAnswer }) => (
  <Notice tone={answer.verified ? 'info' : 'hard'}>
    <dl className={styles['facts']}>
      <dt>Chain</dt>
      <dd>
        <strong>{answer.verified ? '✓ Verified: the record is whole' : '✗ NOT verified: the record is damaged'}</strong>
      </dd>
      <dt>Rows</dt>
      <dd>{answer.rows}</dd>
      <dt>Folder</dt>
      <dd className={styles['code']}>{answer.folder}</dd>
      <dt>Root</dt>
      <dd className={styles['code']}>{answer.root}</dd>
    </dl>
  </Notice>
);
