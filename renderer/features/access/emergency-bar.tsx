import { useEffect, useState } from 'react';
import { goTo } from '../../app/app-store.ts';
import { refreshMe, useApp, useParts, useStation } from '../../app/context.tsx';
import type { SeatState } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import styles from './emergency-bar.module.css';

const minutes = (milliseconds: number): number => Math.ceil(milliseconds / 60_000);

/** That somebody works under emergency access is told on every screen; so is what the person owes for it. */
export function EmergencyBar() {
  const live = useStation((state) => state.live);
  const access = useStation((state) => state.frame?.access);
  const me = useApp((state) => state.me);
  const { app } = useParts();
  if (!live || access === undefined) return null;
  const { emergencies, awaitingReview } = access;
  const toReview = me?.role === 'supervisor' && awaitingReview > 0;
  return (
    <>
      {emergencies.map(({ person, leftMs }) => (
        <p key={person} className={styles['bar']} role="status">
          <strong>EMERGENCY ACCESS</strong> {person} works as a clinician, {minutes(leftMs)} min left. A supervisor
          reviews all of it.
        </p>
      ))}
      {me && <OwnDuty key={me.id} />}
      {toReview && (
        <p className={styles['bar']} role="status">
          <strong>{awaitingReview} emergency access to review</strong>
          <Button onClick={() => goTo(app, { at: 'people' })}>Review</Button>
        </p>
      )}
    </>
  );
}

const ASK_EVERY = 5000;

/** The reason that is due, and the end before the hour is over. */
function OwnDuty() {
  const parts = useParts();
  const { api } = parts;
  const { busy, failure, run } = useCall();
  const [duty, setDuty] = useState<SeatState['emergency']>(null);
  const [reason, setReason] = useState('');
  const role = useApp((state) => state.me?.role);
  useEffect(() => {
    const ask = (): void => {
      // A call that fails here is told by the lost connection; the next round asks again.
      api.seat.state({}).then(
        (answer) => answer.ok && setDuty(answer.value.emergency),
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY);
    return () => clearInterval(timer);
    // The role changes with an emergency's begin and end: then it is asked at once.
  }, [api, role]);
  if (duty === null) return null;
  const give = async (): Promise<void> => {
    const done = await run(() => api.emergency.reason({ emergencyId: duty.id, reason }));
    if (done !== null) setDuty({ ...duty, reasonGiven: true });
  };
  const end = async (): Promise<void> => {
    if ((await run(() => api.emergency.end({}))) === null) return;
    setDuty({ ...duty, leftMs: 0 });
    await refreshMe(parts);
  };
  return (
    <div className={styles['bar']}>
      {!duty.reasonGiven && (
        <form
          className={styles['reason']}
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void give();
          }}
        >
          <Field label="Why the emergency access was needed" value={reason} onText={setReason} maxLength={500} />
          <Button submit disabled={busy || reason.trim().length < 3}>
            Give the reason
          </Button>
        </form>
      )}
      {duty.leftMs > 0 && (
        <Button disabled={busy} onClick={() => void end()}>
          End my emergency access
        </Button>
      )}
      <Refusal failure={failure} />
    </div>
  );
}
