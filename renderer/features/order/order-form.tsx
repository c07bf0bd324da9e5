import { useEffect, useState } from 'react';
import { EMPTY_DRAFT, type OrderDraft, setDraft } from '../../app/app-store.ts';
import { useApp, useParts } from '../../app/context.tsx';
import type { DrugEntryView } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { DrugChoice } from './drug-choice.tsx';
import { readFactors } from './factors-draft.ts';
import { needsReason, openIssues, readDraft } from './order-draft.ts';
import styles from './order-form.module.css';
import { OrderPreview } from './order-preview.tsx';
import { PatientFactors } from './patient-factors.tsx';
import { usePreview } from './use-preview.ts';

interface OrderFormProps {
  readonly chairId: string;
  readonly onClose: () => void;
}

/** The order: dose over time. Rate and volume follow and are shown by the station, they are never typed. */
export function OrderForm({ chairId, onClose }: OrderFormProps) {
  const { api, app } = useParts();
  const draft = useApp((state) => state.drafts[chairId]) ?? EMPTY_DRAFT;
  const proposal = useApp((state) => state.info?.libraryIsProposal ?? true);
  const { busy, failure, run } = useCall();
  const library = useCall();
  const [entries, setEntries] = useState<readonly DrugEntryView[]>([]);
  const { order, errors } = readDraft(draft);
  const { preview, failure: previewFailure } = usePreview(chairId, order);
  const issues = openIssues(draft, preview);
  const soft = needsReason(preview);
  const change = (part: Partial<OrderDraft>): void => setDraft(app, chairId, { ...draft, ...part });

  const { run: runLibrary } = library;
  useEffect(() => {
    void runLibrary(() => api.library.entries({})).then((found) => found !== null && setEntries(found));
  }, [api, runLibrary]);

  const submit = async (): Promise<void> => {
    if (order === null) return;
    const opened = await run(() =>
      api.session.open({
        chairId,
        patientId: draft.patientId.trim(),
        patientName: draft.patientName.trim(),
        drugLot: draft.drugLot.trim(),
        order,
        overrideReason: soft ? draft.overrideReason.trim() : null,
        patientFactors: readFactors(draft.factors).factors,
      }),
    );
    if (opened === null) return;
    setDraft(app, chairId, null);
    onClose();
  };

  return (
    <Panel
      title="New session"
      note={proposal ? 'Library limits are a proposal - a clinician must set them' : 'Limits of the library apply'}
      className={styles['panel']}
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (issues.length === 0 && !busy) void submit();
        }}
      >
        <div className={styles['body']}>
          <div className={styles['fields']}>
            <Field label="Patient id" value={draft.patientId} onText={(patientId) => change({ patientId })} />
            <Field label="Patient name" value={draft.patientName} onText={(patientName) => change({ patientName })} />
            <Field label="Drug lot" value={draft.drugLot} onText={(drugLot) => change({ drugLot })} />
            <DrugChoice entries={entries} draft={draft} onChange={change} />
            <Figure
              label="Weight"
              unit="kg"
              value={draft.weightKg}
              error={errors.weightKg}
              onText={(weightKg) => change({ weightKg })}
            />
            <Figure
              label="Dose"
              unit="mg"
              value={draft.doseMg}
              error={errors.doseMg}
              onText={(doseMg) => change({ doseMg })}
            />
            <Figure
              label="Duration"
              unit="min"
              value={draft.durationMin}
              error={errors.durationMin}
              onText={(durationMin) => change({ durationMin })}
            />
            <PatientFactors draft={draft.factors} onChange={(factors) => change({ factors })} />
          </div>
          <div className={styles['side']}>
            <OrderPreview preview={preview} failure={previewFailure} />
            {soft && (
              <Field
                label="Reason (recorded with your name)"
                value={draft.overrideReason}
                onText={(overrideReason) => change({ overrideReason })}
              />
            )}
            <Refusal failure={failure ?? library.failure} />
          </div>
        </div>
        <div className={styles['buttons']}>
          <span className={styles['issues']}>
            {issues.length > 0 ? `Still needed: ${issues.join(', ')}` : 'Complete'}
          </span>
          <Button onClick={onClose}>Back</Button>
          <Button submit tone="primary" aria-disabled={issues.length > 0 || busy}>
            Open the session
          </Button>
        </div>
      </form>
    </Panel>
  );
}

interface FigureProps {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly error: string | null;
  readonly onText: (text: string) => void;
}
const Figure = (props: FigureProps) => <Field inputMode="decimal" {...props} />;
