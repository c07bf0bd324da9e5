import type { ShownChair, ShownSession } from '../app/shown.ts';
import { PhaseStepper } from '../features/phase/phase-stepper.tsx';
import { patientAndId } from '../features/strip/patient-words.ts';
import styles from './chair-header.module.css';

/** Who is in the chair, under whose care, and how far the session has come. */
export const ChairHeader = ({ chair }: { chair: ShownChair }) => (
  <header className={styles['header']}>
    <h1 className={styles['chair']}>{chair.name}</h1>
    <p className={styles['patient']}>
      {chair.session === null ? (
        'No session at this chair'
      ) : (
        <>
          <Patient session={chair.session} /> · lot {chair.session.drugLot} · {chair.session.clinician}
        </>
      )}
    </p>
    {!chair.recordHealthy && <strong className={styles['record']}>Record cannot be written</strong>}
    <PhaseStepper phase={chair.phase} />
  </header>
);

function Patient({ session }: { session: ShownSession }) {
  const [name, id] = patientAndId(session);
  return (
    <>
      <strong>{name}</strong> {id}
    </>
  );
}
