import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from './dialog-buttons.tsx';
import { ReasonField, reasonGiven } from './reason-field.tsx';

const TEXTS = {
  pause: {
    title: 'Pause the infusion',
    says: 'The pump is stopped. It goes on only when a clinician resumes. For an emergency use STOP.',
    confirm: 'Pause now',
    suggestions: ['Patient asks for it', 'Nausea or vomiting', 'Anxiety or distress', 'Change of position'],
  },
  stoppedByHand: {
    title: 'Stopped at the pump by hand',
    says: 'The pump does not answer. Stop it at the pump, close the clamp, then say so here: from now on the station no longer waits for its answer.',
    confirm: 'I have stopped it at the pump',
    suggestions: ['Pump switched off and clamped', 'Line disconnected and clamped'],
  },
  end: {
    title: 'End the session',
    says: 'The pump is stopped and the session is closed. It cannot be opened again.',
    confirm: 'End the session',
    suggestions: ['Infusion complete', 'Patient asks for it', 'Adverse event', 'Order changed'],
  },
} as const;

interface ReasonDialogProps {
  readonly action: keyof typeof TEXTS;
  readonly chair: ShownChair;
  readonly onClose: () => void;
}

/** Acts that need a reason; a refusal keeps what was typed. */
export function ReasonDialog({ action, chair, onClose }: ReasonDialogProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [reason, setReason] = useState('');
  const texts = TEXTS[action];
  const confirm = async (): Promise<void> => {
    const asked = { chairId: chair.id, reason: reason.trim() };
    const act = action === 'stoppedByHand' ? api.chair.stoppedByHand : api.session[action];
    const done = await run(() => act(asked));
    if (done !== null) onClose();
  };
  return (
    <Dialog title={`${texts.title} - ${chair.name}`} onClose={onClose}>
      <p>{texts.says}</p>
      <ReasonField value={reason} suggestions={texts.suggestions} onText={setReason} />
      <Refusal failure={failure} />
      <DialogButtons
        confirm={texts.confirm}
        ready={!busy && reasonGiven(reason)}
        onConfirm={() => void confirm()}
        onClose={onClose}
      />
    </Dialog>
  );
}
