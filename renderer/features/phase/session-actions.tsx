import { useState } from 'react';
import { useApp, useParts } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ACTION_WORDS, type Action, blockers, offered } from './actions.ts';
import { EmergencyButton } from '../access/emergency-button.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { ResumeDialog } from './resume-dialog.tsx';
import styles from './session-actions.module.css';
import { StartDialog } from './start-dialog.tsx';

interface SessionActionsProps {
  readonly chair: ShownChair;
  /** A form is open: its own buttons are the next action. */
  readonly formOpen: boolean;
  readonly onOpenForm: (form: 'order' | 'check') => void;
}

/** The one next action, large, with the reasons why it cannot succeed yet; the way out beside it. */
export function SessionActions({ chair, formOpen, onOpenForm }: SessionActionsProps) {
  const { api, stop } = useParts();
  const clinician = useApp((state) => state.me?.role === 'clinician');
  const { busy, failure, run, forget } = useCall();
  const [asking, setAsking] = useState<'pause' | 'end' | 'resume' | 'start' | null>(null);
  const { next, others } = offered(chair.phase);
  const lockedBecause = chair.session?.lockedBecause ?? null;
  const withdrawnBecause = chair.session?.withdrawnBecause ?? null;
  const against = next === null ? [] : blockers(chair, next);

  const start = async (): Promise<void> => {
    if ((await run(() => api.session.start({ chairId: chair.id }))) !== null) stop.forget(chair.id);
  };
  const act = (action: Action): void => {
    forget();
    const chairId = chair.id;
    if (action === 'open') onOpenForm('order');
    else if (action === 'check') onOpenForm('check');
    else if (action === 'arm') void run(() => api.session.arm({ chairId }));
    else if (action === 'start' && lockedBecause === null) void start();
    else setAsking(action);
  };

  if (!clinician) {
    return (
      <Panel title="Session" className={styles['panel']}>
        <p className={styles['reasons']}>Only a clinician can act on a session. STOP works for everyone.</p>
        {lockedBecause !== null && <p className={styles['locked']}>Locked. {lockedBecause}</p>}
        <EmergencyButton />
      </Panel>
    );
  }
  return (
    <Panel title="Next" className={styles['panel']}>
      <div className={styles['actions']}>
        {formOpen && <p>Complete the form, or go back.</p>}
        {next !== null && !formOpen && (
          <Button
            tone="primary"
            size="large"
            disabled={busy}
            aria-disabled={against.length > 0}
            onClick={() => against.length === 0 && act(next)}
          >
            {busy ? 'Asking the station ...' : ACTION_WORDS[next]}
          </Button>
        )}
        {others.map((action) => (
          <Button key={action} disabled={busy} onClick={() => act(action)}>
            {ACTION_WORDS[action]}
          </Button>
        ))}
      </div>
      <p className={styles['reasons']} data-reasons aria-live="polite">
        {against.length > 0 && `Not yet: ${against.join(' · ')}`}
      </p>
      {withdrawnBecause !== null && (
        <p className={styles['locked']} role="status">
          The start was withdrawn, nothing runs. {withdrawnBecause}
        </p>
      )}
      {lockedBecause !== null && <p className={styles['locked']}>Locked. {lockedBecause}</p>}
      {chair.setUpIdle && (
        <p className={styles['locked']}>
          Nobody has worked at this set-up for 3 min. Lock the screen and sign in again before you go on.
        </p>
      )}
      {failure?.code !== 'SELF_TEST_FAILED' && <Refusal failure={failure} />}
      {asking === 'start' && <StartDialog chair={chair} onClose={() => setAsking(null)} />}
      {asking === 'resume' && <ResumeDialog chair={chair} onClose={() => setAsking(null)} />}
      {(asking === 'pause' || asking === 'end') && (
        <ReasonDialog action={asking} chair={chair} onClose={() => setAsking(null)} />
      )}
    </Panel>
  );
}
