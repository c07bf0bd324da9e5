import { useState } from 'react';
import { useApi, useApp, useShownChairs } from '../../app/context.tsx';
import type { Scenario } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Refusal } from '../../ui/notice.tsx';
import { DialogButtons } from '../phase/dialog-buttons.tsx';
import styles from './demonstration-menu.module.css';

/** Every scenario of the contract; a new one does not compile until it has words here. */
const SCENARIOS = {
  recover: 'Recover',
  desaturate: 'Desaturate',
  apnoea: 'Apnoea',
  bradycardia: 'Bradycardia',
  'finger-off': 'Finger off the sensor',
  'monitor-unplug': 'Unplug the monitor',
  'pump-unplug': 'Unplug the pump',
  'pump-stall': 'Stall the pump',
  'pump-silent': 'Pump does not answer',
  garbage: 'Noise on the lines',
} as const satisfies Record<Scenario, string>;

const scenarios = Object.keys(SCENARIOS) as readonly Scenario[];

/** Moves the virtual patient or breaks a simulated device. */
export function DemonstrationMenu() {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles['menu']}>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        Scenarios
      </Button>
      {open && <ScenarioDialog onClose={() => setOpen(false)} />}
    </div>
  );
}

function ScenarioDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const here = useApp((state) => state.screen);
  const all = useShownChairs();
  const chairs = here.at === 'chair' ? all.filter((chair) => chair.id === here.chairId) : all;
  const { busy, failure, run } = useCall();
  return (
    <Dialog title="Demonstration scenarios" onClose={onClose}>
      {chairs.map((chair) => (
        <div key={chair.id}>
          <h2 className={styles['chair']}>{chair.name} - simulated patient and devices</h2>
          <div className={styles['scenarios']}>
            {scenarios.map((scenario) => (
              <Button
                key={scenario}
                disabled={busy}
                onClick={() => void run(() => api.demonstration.scenario({ chairId: chair.id, scenario }))}
              >
                {SCENARIOS[scenario]}
              </Button>
            ))}
          </div>
        </div>
      ))}
      <Refusal failure={failure} />
      <DialogButtons onClose={onClose} />
    </Dialog>
  );
}
