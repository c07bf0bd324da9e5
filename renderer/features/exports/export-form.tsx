import { useEffect, useState } from 'react';
import { useApi } from '../../app/context.tsx';
import type { ExportRequest, SessionRow } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Choices } from './choices.tsx';
import styles from './export-form.module.css';
import { ExportEnd } from './export-end.tsx';
import { CONTENTS, type Content, contentNote, FORMS, type Form, subjectsFor } from './export-options.ts';
import { Progress } from './export-progress.tsx';
import { useExport } from './use-export.ts';

interface ExportFormProps {
  /** The session from which the choice begins: itself, its day, its patient; or a drug. */
  readonly session: SessionRow;
}

/**
 * Choice of what is exported and how, its progress, and what came of it. Part of the page and not a dialog: the strips of
 * the chairs below stay in sight.
 */
export function ExportForm({ session }: ExportFormProps) {
  const drugs = useDrugs();
  const subjects = subjectsFor(session, drugs);
  const [chosen, setChosen] = useState(0);
  const [form, setForm] = useState<Form>('folder');
  const [content, setContent] = useState<Content>('identified');
  const { busy, failure, state, start, cancel } = useExport();
  const running = state?.state === 'running';
  const subject: ExportRequest['subject'] | undefined = subjects[chosen]?.subject;

  return (
    <section className={styles['form']} aria-label="Export from the record">
      {/* First: what came of it is never below what is in sight. */}
      <Refusal failure={failure} />
      {state !== null && <ExportEnd state={state} />}
      <div className={styles['columns']} aria-busy={running}>
        <Choices
          legend="What"
          options={subjects.map(({ label }, index) => ({ value: String(index), label }))}
          value={String(chosen)}
          disabled={running}
          onChange={(value) => setChosen(Number(value))}
        />
        <Choices
          legend="Whom it speaks of"
          options={CONTENTS}
          value={content}
          disabled={running}
          onChange={setContent}
        />
        <Choices legend="As" options={FORMS} value={form} disabled={running} onChange={setForm} />
      </div>
      <p className={styles['note']}>{contentNote(content)}</p>
      <div className={styles['buttons']}>
        {running ? (
          <>
            <Progress state={state} />
            <Button disabled={busy} onClick={() => void cancel()}>
              Cancel the export
            </Button>
          </>
        ) : (
          <>
            <Button
              tone="primary"
              disabled={busy || subject === undefined}
              onClick={() => subject !== undefined && void start({ subject, form, content })}
            >
              Write the export
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

/** Names of the drugs in the library. */
function useDrugs(): readonly string[] {
  const api = useApi();
  const { run } = useCall();
  const [drugs, setDrugs] = useState<readonly string[]>([]);
  useEffect(() => {
    void run(() => api.library.entries({})).then(
      (entries) => entries !== null && setDrugs([...new Set(entries.map(({ drug }) => drug))]),
    );
  }, [api, run]);
  return drugs;
}
