import { useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { ReviewFile } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { clock } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './session-review.module.css';

type NoteView = ReviewFile['notes'][number];

interface NotesPageProps {
  readonly sessionId: string;
  readonly notes: readonly NoteView[];
  readonly onWritten: () => void;
}

/** Notes to a session. A correction is a note that names the one before; both stay. */
export function NotesPage({ sessionId, notes, onWritten }: NotesPageProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [text, setText] = useState('');
  const [corrects, setCorrects] = useState<NoteView | null>(null);
  const ready = !busy && text.trim().length >= 3;
  const write = async (): Promise<void> => {
    const done = await run(() => api.review.note({ sessionId, text: text.trim(), corrects: corrects?.seq ?? null }));
    if (done === null) return;
    setText('');
    setCorrects(null);
    onWritten();
  };
  return (
    <Panel title="Notes" note="No names of patients: the record knows the id only" className={styles['page']}>
      <ol className={styles['notes']} tabIndex={0} aria-label="Notes of the session">
        {notes.length === 0 && <li>No note yet.</li>}
        {notes.map((note) => (
          <li key={note.seq}>
            <span className={styles['facts']}>
              {clock(note.time).date} {clock(note.time).time} {clock(note.time).zone}, {note.by}
            </span>
            <span>
              {note.old !== null && <s className={styles['facts']}>{note.old}</s>} {note.text}
            </span>
            <Button
              onClick={() => {
                setCorrects(note);
                setText(note.text);
              }}
            >
              Correct
            </Button>
          </li>
        ))}
      </ol>
      <Field
        label={corrects === null ? 'New note' : `Instead of the note of ${clock(corrects.time).time}`}
        value={text}
        onText={setText}
        maxLength={2000}
      />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        {corrects !== null && <Button onClick={() => setCorrects(null)}>A new note instead</Button>}
        <Button tone="primary" aria-disabled={!ready} onClick={() => ready && void write()}>
          Write the note
        </Button>
      </div>
    </Panel>
  );
}
