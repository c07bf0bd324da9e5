import { useState } from 'react';
import { useApp } from '../../app/context.tsx';
import type { SessionRow } from '../../app/types.ts';
import { Button } from '../../ui/button.tsx';
import { ExportForm } from './export-form.tsx';

/** Opens the export of a session, or of what goes with it. Only supervisors may export. */
export function ExportButton({ session }: { session: SessionRow }) {
  const supervisor = useApp((state) => state.me?.role === 'supervisor');
  const [open, setOpen] = useState(false);
  if (!supervisor) return null;
  if (open) return <ExportForm session={session} onClose={() => setOpen(false)} />;
  return (
    <Button tone="primary" onClick={() => setOpen(true)}>
      Export the record
    </Button>
  );
}
