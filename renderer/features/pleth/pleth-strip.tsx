import { useEffect, useRef } from 'react';
import { useApi } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './pleth-strip.module.css';
import { SweepPainter } from './sweep-painter.ts';

const WINDOW_S = 8;

/** The pulse wave as it came. Samples go from the wire to the canvas and never through React. */
export function PlethStrip({ chair }: { chair: ShownChair }) {
  const api = useApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { id, live } = chair;

  useEffect(() => {
    if (canvas.current === null || !live) return undefined;
    const painter = new SweepPainter(canvas.current, WINDOW_S * 1000);
    const unsubscribe = api.subscribe('wave', ({ data }) => {
      if (data.chairId === id) painter.push(data);
    });
    return () => {
      unsubscribe();
      painter.end();
    };
  }, [api, id, live]);

  return (
    <Panel title="Pleth" note={`${WINDOW_S} s, no scale`} className={styles['panel']}>
      <div className={styles['strip']}>
        <canvas ref={canvas} className={styles['canvas']} role="img" aria-label="Pulse wave" />
      </div>
    </Panel>
  );
}
