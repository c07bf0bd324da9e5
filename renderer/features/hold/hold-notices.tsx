import type { HoldView } from '../../../preload/contract/hold-frame.ts';
import { useStation } from '../../app/context.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './hold.module.css';

const NONE: readonly HoldView[] = [];

/** Why nothing can be started at the whole station, and who can change that: on every screen, also before sign-in. */
export function HoldNotices() {
  const holds = useStation((state) => state.frame?.holds ?? NONE);
  return holds.map((hold) => (
    <Notice key={hold.id} tone="hard">
      <p className={styles['notice']}>
        <strong>Nothing can be started. {hold.title}</strong>{' '}
        {hold.endsBy === 'restart' ? hold.details[0] : <WhoSigns details={hold.details} />}
      </p>
    </Notice>
  ));
}

function WhoSigns({ details: [first, ...others] }: Pick<HoldView, 'details'>) {
  return (
    <>
      An administrator and a second person sign: sign in, then press your name. {first}
      {others.length > 0 && ` (and ${others.length} more)`}
    </>
  );
}
