import { useState } from 'react';
import { refreshMe, useParts } from '../../app/context.tsx';
import { useCall } from '../../app/use-call.ts';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/notice.tsx';

/** Break-glass: one button for whoever is signed in and no clinician. The reason comes afterwards. */
export function EmergencyButton() {
  const parts = useParts();
  const { busy, failure, run } = useCall();
  const [asking, setAsking] = useState(false);
  const begin = async (): Promise<void> => {
    if ((await run(() => parts.api.emergency.begin({}))) === null) return;
    setAsking(false);
    await refreshMe(parts);
  };
  return (
    <>
      <Button tone="danger" onClick={() => setAsking(true)}>
        Emergency access
      </Button>
      {asking && (
        <Dialog title="Emergency access for one hour" onClose={() => setAsking(false)}>
          <p>
            For an emergency without a clinician: you get a clinician's rights and nothing else. All you do is marked,
            everybody sees it, and a supervisor reviews it. You give the reason within the hour. STOP never needs this.
          </p>
          <Refusal failure={failure} />
          <DialogButtons
            confirm="Begin emergency access"
            ready={!busy}
            onConfirm={() => void begin()}
            onClose={() => setAsking(false)}
          />
        </Dialog>
      )}
    </>
  );
}
