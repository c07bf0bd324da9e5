import { useApp, useStation } from '../../app/context.tsx';
import styles from './emergency-bar.module.css';

const minutes = (milliseconds: number): number => Math.ceil(milliseconds / 60_000);

/** That somebody works under emergency access is told on every screen, and a supervisor what waits for review. */
export function EmergencyBar() {
  const live = useStation((state) => state.live);
  const access = useStation((state) => state.frame?.access);
  const supervisor = useApp((state) => state.me?.role === 'supervisor');
  if (!live || access === undefined) return null;
  const { emergencies, awaitingReview } = access;
  const toReview = supervisor && awaitingReview > 0;
  if (emergencies.length === 0 && !toReview) return null;
  // One line, however much there is to say: no screen has height to spare over its STOP.
  return (
    <p className={styles['bar']} role="status">
      {emergencies.map(({ person, leftMs }) => (
        <span key={person}>
          <strong>EMERGENCY ACCESS</strong> {person} works as a clinician, {minutes(leftMs)} min left{' '}
        </span>
      ))}
      {toReview && <strong>{awaitingReview} emergency access to review: press your name</strong>}
    </p>
  );
}
