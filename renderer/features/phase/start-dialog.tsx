import { useApi } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { RunDialog } from './run-dialog.tsx';

/** A chair that the same pause has locked starts only with a second person. */
export function StartDialog({ chair, onClose }: { chair: ShownChair; onClose: () => void }) {
  const api = useApi();
  return (
    <RunDialog
      chair={chair}
      title="Start the infusion"
      confirm="Start"
      ready
      command={(signed) => api.session.start({ chairId: chair.id, ...signed })}
      onClose={onClose}
    />
  );
}
