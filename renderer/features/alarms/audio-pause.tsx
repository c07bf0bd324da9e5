import { isSounding } from '../../../core/engine/sounding.ts';
import type { AlarmView } from '../../../preload/contract/frames.ts';
import { useApi } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { duration } from '../../ui/format.ts';
import bannerStyles from './alarm-banner.module.css';
import styles from './audio-pause.module.css';
import { asHeard } from './drawn-alarms.ts';
import { usePainted } from './use-painted.ts';

const USUAL_S = 60;

interface AudioPauseProps {
  readonly chair: ShownChair;
  readonly drawn: readonly AlarmView[];
  readonly size?: 'large' | 'normal';
}

/**
 * Quiets what is `drawn` for a minute, without sign-in, and counts down beside it. What is raised later sounds. Where
 * nothing of it calls there is nothing to quiet.
 */
export function AudioPause({ chair, drawn, size = 'large' }: AudioPauseProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const calling = drawn.filter(isSounding);
  const press = usePainted(calling);
  const pause = (): void => {
    const alarms = press.taken().map(asHeard);
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
          className={size === 'large' ? bannerStyles['button'] : undefined}
          aria-label={`Pause sound of ${chair.name}`}
          disabled={busy}
          {...press.handlers}
          onClick={pause}
        >
          Pause sound
        </Button>
      )}
    </span>
  );
}
