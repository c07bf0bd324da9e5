import type { ShownChair, ShownSession } from '../app/shown.ts';
import { PhaseStepper } from '../features/phase/phase-stepper.tsx';
import { patientAndId } from '../features/strip/patient-words.ts';
import styles from './chair-header.module.css';

interface ChairHeaderProps {
  readonly chair: ShownChair;
  /** While id and lot are read at the bedside they do not stand here, where they could be copied. */
  readonly isReading: boolean;
}

/** Who is in the chair, under whose care, and how far the session has come. */
export const ChairHeader = ({ chair, isReading }: ChairHeaderProps) => (
  <header className={styles['header']}>
    <h1 className={styles['chair']}>{chair.name}</h1>
    <p className={styles['patient']}>
      {chair.session === null ? (
        'No session at this chair'
      ) : (
        <>
          <Patient session={chair.session} isReading={isReading} /> · {chair.session.clinician}
        </>
      )}
    </p>
    {!chair.recordHealthy && <strong className={styles['record']}>Record cannot be written</strong>}
    <PhaseStepper phase={chair.phase} />
  </header>
);

function Patient({ session, isReading }: { session: ShownSession; isReading: boolean }) {
  const [name, id] = patientAndId(session);
  return (
    <>
      <strong>{name}</strong>
      {!isReading && ` ${id ?? ''} · lot ${session.drugLot}`}
    </>
  );
}
