import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { EmergencyRow } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { clock } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './access.module.css';

/** Every emergency access, and the review that each of them needs. */
export function EmergencyReview() {
  const api = useApi();
  const { failure, run } = useCall();
  const [rows, setRows] = useState<readonly EmergencyRow[]>([]);
  const load = useCallback(() => {
    void run(() => api.emergency.list({})).then((found) => found !== null && setRows(found));
  }, [api, run]);
  useEffect(load, [load]);
  return (
    <Panel title="Emergency access" className={styles['panel']}>
      <Refusal failure={failure} />
      {rows.length === 0 && <p>Nobody has used the emergency access of this station.</p>}
      {rows.map((row) => (
        <EmergencyCard key={row.id} row={row} onReviewed={load} />
      ))}
    </Panel>
  );
}

const when = (iso: string): string => `${clock(iso).date} ${clock(iso).time} ${clock(iso).zone}`;

function EmergencyCard({ row, onReviewed }: { row: EmergencyRow; onReviewed: () => void }) {
  return (
    <article className={styles['card']}>
      <p>
        <strong>{row.person}</strong> from {when(row.startedAt)}{' '}
        {row.endedAt === null ? <strong>- lasts still</strong> : `to ${when(row.endedAt)}`}
      </p>
      <p className={row.reasonLate ? styles['attention'] : undefined}>
        {row.reason === null ? 'No reason given' : `Reason: ${row.reason}`}
        {row.reasonLate && row.reason !== null && ' (later than an hour)'}
      </p>
      {row.review === null ? (
        row.endedAt !== null && <ReviewForm id={row.id} onReviewed={onReviewed} />
      ) : (
        <p>
          {row.review.justified ? '✓ Justified' : '✗ Not justified'} - {row.review.finding} ({row.review.by})
        </p>
      )}
    </article>
  );
}

function ReviewForm({ id, onReviewed }: { id: string; onReviewed: () => void }) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [finding, setFinding] = useState('');
  const ready = !busy && finding.trim().length >= 3;
  const review = async (justified: boolean): Promise<void> => {
    if ((await run(() => api.emergency.review({ emergencyId: id, justified, finding }))) !== null) onReviewed();
  };
  return (
    <>
      <Field label="What the review found" value={finding} onText={setFinding} maxLength={500} />
      <div className={styles['buttons']}>
        <Button disabled={!ready} onClick={() => void review(true)}>
          Justified
        </Button>
        <Button disabled={!ready} onClick={() => void review(false)}>
          Not justified
        </Button>
      </div>
      <Refusal failure={failure} />
    </>
  );
}
