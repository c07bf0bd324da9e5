import { useShownChairs } from '../app/context.tsx';
import { ChairCard } from '../features/strip/chair-card.tsx';
import styles from './overview-screen.module.css';

/** All chairs side by side, each with its own STOP. */
export function OverviewScreen() {
  const chairs = useShownChairs();
  return (
    <div className={styles['screen']} data-cards>
      {chairs.map((chair) => (
        <ChairCard key={chair.id} chair={chair} />
      ))}
      {chairs.length === 0 && <p className={styles['empty']}>The station has named no chair yet.</p>}
    </div>
  );
}
