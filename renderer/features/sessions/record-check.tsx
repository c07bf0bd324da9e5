import { useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { Verification } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { clock } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { anchorWords, lastCheckWords, progressOf, progressWords } from './check-words.ts';
import styles from './record-check.module.css';

/** How often the station is asked while a check runs, and else (ms). */
const RUNNING_MS = 1000;
const RESTING_MS = 30_000;

/** What the newest check of the whole record came to, in words. */
function words(check: Verification): string {
  const { state, rowsDone, detail, at } = check;
  const when = at === null ? '' : ` ${clock(at).date} ${clock(at).time} ${clock(at).zone}`;
  switch (state) {
    case 'never':
      return '';
    case 'running':
      return progressWords(check);
    case 'whole':
      return `✓ The record is whole, ${rowsDone} rows,${when}${detail === null ? '' : `. ${detail}`}`;
    case 'damaged':
      return `✗ THE RECORD IS DAMAGED. ${detail ?? ''} Copy its folder before anything else. Checked${when}`;
    case 'cancelled':
      return 'The check was cancelled. It says nothing.';
    case 'failed':
      return `The check failed: ${detail ?? ''}`;
  }
}

/** A check of the whole record, with its progress; it may be cancelled at any time. */
export function RecordCheck({ onDone }: { onDone: () => void }) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [check, setCheck] = useState<Verification | null>(null);
  const running = check?.state === 'running';

  useEffect(() => {
    const ask = async (): Promise<void> => {
      const answer = await api.review.verification({}).catch(() => null);
      if (answer?.ok === true) setCheck(answer.value);
    };
    void ask();
    const timer = setInterval(() => void ask(), running ? RUNNING_MS : RESTING_MS);
    return () => clearInterval(timer);
  }, [api, running]);
  // What the check covered changes the list once it has ended.
  useEffect(() => (running ? onDone : undefined), [running, onDone]);

  const act = async (call: 'verify' | 'cancelVerify'): Promise<void> => {
    await run(() => api.review[call]({}));
    const answer = await api.review.verification({}).catch(() => null);
    if (answer?.ok === true) setCheck(answer.value);
  };
  return (
    <div className={styles['check']} aria-busy={running}>
      <div className={cx(styles['text'], isDamaged(check) && styles['damaged'])}>
        <p aria-live="polite">{check === null ? 'Asking for the state of the record ...' : words(check)}</p>
        {check !== null && check.state !== 'whole' && check.state !== 'damaged' && <p>{lastCheckWords(check)}</p>}
        {check !== null && (
          <details>
            <summary>What is proven</summary>
            {anchorWords(check).map((line) => (
              <p key={line}>{line}</p>
            ))}
          </details>
        )}
      </div>
      {running && <progress aria-label="Check of the record" {...progressOf(check)} />}
      <Refusal failure={failure} />
      {running ? (
        <Button onClick={() => void act('cancelVerify')}>Cancel the check</Button>
      ) : (
        <Button disabled={busy} onClick={() => void act('verify')}>
          Check the whole record
        </Button>
      )}
    </div>
  );
}

const isDamaged = (check: Verification | null): boolean => check?.state === 'damaged' || check?.last?.whole === false;
