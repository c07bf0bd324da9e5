import { useApi } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { duration } from '../../ui/format.ts';
import styles from './audio-pause.module.css';

const USUAL_S = 60;

/**
 * Quiets what is shown for a minute, without sign-in, and counts down beside it. What is raised later sounds. Where
 * nothing calls there is nothing to quiet.
 */
export function AudioPause({ chair, size = 'large' }: { chair: ShownChair; size?: 'large' | 'normal' }) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const calling = chair.alarms.filter(({ acknowledged, silenced }) => !acknowledged && !silenced);
  const pause = (): void => {
    const alarms = calling.map(({ key }) => key);
    void run(() => api.alarm.pauseAudio({ chairId: chair.id, alarms, seconds: USUAL_S }));
  };
  return (
    <span className={cx(styles['pause'], size === 'normal' && styles['narrow'])}>
      {failure && <span>{failure.message}</span>}
      {chair.audioPauseMs !== null && (
        <span className={styles['left']} role="timer">
          Sound paused, {duration(chair.audioPauseMs)} left
        </span>
      )}
      {calling.length > 0 && (
        <Button
          size={size}
          className={size === 'large' ? styles['button'] : undefined}
          aria-label={`Pause sound of ${chair.name}`}
          disabled={busy}
          onClick={pause}
        >
          Pause sound
        </Button>
      )}
    </span>
  );
}
