import { useState } from 'react';
import { refreshMe, useParts } from '../../app/context.tsx';
import type { SeatState } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { ReasonField, reasonGiven } from '../phase/reason-field.tsx';

type Duty = NonNullable<SeatState['emergency']>;

interface EmergencyDutyProps {
  readonly duty: Duty;
  readonly onChange: (duty: Duty) => void;
}

/** The reason that is due within the hour, and the end before it is over. */
export function EmergencyDuty({ duty, onChange }: EmergencyDutyProps) {
  const parts = useParts();
  const { api } = parts;
  const { busy, failure, run } = useCall();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const give = async (): Promise<void> => {
    const done = await run(() => api.emergency.reason({ emergencyId: duty.id, reason }));
    if (done !== null) onChange({ ...duty, reasonGiven: true });
  };
  const end = async (): Promise<void> => {
    if ((await run(() => api.emergency.end({}))) === null) return;
    onChange({ ...duty, leftMs: 0 });
    await refreshMe(parts);
  };
  return (
    <>
      <Button tone="danger" onClick={() => setOpen(true)}>
        Emergency
      </Button>
      {open && (
        <Dialog title="Your emergency access" onClose={() => setOpen(false)}>
          {duty.reasonGiven ? (
            <p>The reason is in the record.</p>
          ) : (
            <ReasonField
              value={reason}
              suggestions={['The clinician is not able to act', 'No clinician on site']}
              onText={setReason}
            />
          )}
          <Refusal failure={failure} />
          <DialogButtons
            {...(!duty.reasonGiven && { confirm: 'Give the reason' })}
            ready={!busy && reasonGiven(reason)}
            onConfirm={() => void give()}
            onClose={() => setOpen(false)}
          >
            {duty.leftMs > 0 && (
              <Button disabled={busy} onClick={() => void end()}>
                End it now
              </Button>
            )}
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
