/** IEC 60601-1-8 priorities: high needs immediate response, medium prompt response, low awareness. */
export type AlarmPriority = 'high' | 'medium' | 'low';

/** What the condition does to a running infusion. */
export type AlarmAction = 'pause' | 'none';

/** Potential result of a failure to respond to the cause, and how soon it would be there: the classes of IEC 60601-1-8. */
export type Harm = 'death-or-irreversible' | 'reversible' | 'minor';
export type Onset = 'immediate' | 'prompt' | 'delayed';

interface AlarmRow {
  /** What harm and onset give by the standard's table; the test of this table holds it to that. */
  readonly priority: AlarmPriority;
  readonly harm: Harm;
  readonly onset: Onset;
  readonly action: AlarmAction;
  /** Stays until a named person acknowledges it, even when its condition has gone. */
  readonly latching: boolean;
  readonly message: string;
}

/** A condition that may cost a life within minutes: the pump stops, and a person has to say that he has seen it. */
const pauses = (onset: 'immediate' | 'prompt', message: string) =>
  ({ priority: 'high', action: 'pause', latching: true, harm: 'death-or-irreversible', onset, message }) as const;

/** A condition to look at soon, which stops nothing and goes by itself. */
const tells = (harm: Harm, onset: Onset, message: string) =>
  ({ priority: 'medium', action: 'none', latching: false, harm, onset, message }) as const;

/** of the table below. A changed table has the next one, and stands with its digest in tests/structure/alarm-table.test.ts. */
export const ALARMS_VERSION = 4;

/**
 * The one table of alarm conditions: priority from harm and onset, action from. Ordered by urgency; the
 * banner shows the first raised row of the highest priority.
 */
export const ALARMS = {
  'stop-not-confirmed': pauses('immediate', 'STOP NOT CONFIRMED - stop at the pump'),
  apnoea: pauses('immediate', 'No breathing'),
  'spo2-critical': pauses('immediate', 'SpO2 critically low'),
  'spo2-low': pauses('prompt', 'SpO2 low'),
  'sedation-deep': pauses('immediate', 'Patient cannot be roused by voice'),
  'pulse-critical': pauses('immediate', 'Pulse at a critical value'),
  'hr-critical': pauses('immediate', 'Heart rate at a critical value'),
  'rr-limit': pauses('prompt', 'Breathing too slow'),
  'etco2-limit': pauses('prompt', 'etCO2 high'),
  'sedation-limit': pauses('prompt', 'Sedation too deep - stimulate the patient'),
  'pulse-limit': pauses('prompt', 'Pulse outside its limits'),
  'hr-limit': pauses('prompt', 'Heart rate outside its limits'),
  'nibp-sys-critical': pauses('prompt', 'Systolic pressure at a critical value'),
  'nibp-dia-critical': pauses('prompt', 'Diastolic pressure at a critical value'),
  'nibp-sys-limit': pauses('prompt', 'Systolic pressure outside its limits'),
  'nibp-dia-limit': pauses('prompt', 'Diastolic pressure above its limit'),
  'vitals-lost': pauses('prompt', 'No valid vital signs'),
  'reading-expired': pauses('prompt', 'A cuff pressure or sedation score is too old to rely on'),
  'monitor-link': pauses('prompt', 'Connection to the monitor lost'),
  'pump-link': pauses('immediate', 'Connection to the pump lost'),
  'pump-silent': pauses('immediate', 'The pump does not answer'),
  'pump-alarm': pauses('prompt', 'The pump reports an alarm'),
  'pump-unexpected': pauses('immediate', 'The pump is running without permission'),
  'pump-stopped': pauses('prompt', 'The pump stopped by itself'),
  'pump-rate': pauses('immediate', 'The pump reports another rate than commanded'),
  'volume-deviation': pauses('prompt', 'Delivered volume does not match the rate'),
  'dose-ceiling': pauses('prompt', 'Dose ceiling reached'),
  'prediction-ceiling': pauses('prompt', 'Predicted plasma concentration above its ceiling'),
  'command-unknown': pauses('immediate', 'A pump command has no known outcome'),
  'command-refused': pauses('prompt', 'The pump refused a command'),
  'pump-identity': pauses('immediate', 'Another pump than the one of this session'),
  'guard-tripped': pauses('prompt', 'The device process stopped the pump by itself'),
  'supervision-gap': pauses('prompt', 'The station was not supervising for a while'),
  interrupted: pauses('prompt', 'The session was interrupted - check patient and pump'),
  // What an exception has left half done nobody knows; the watch over patient and pump goes on as far as it can.
  'station-fault': pauses('immediate', 'Station fault - check patient and pump, then restart Chairside'),
  'record-failed': tells('reversible', 'prompt', 'The record cannot be written - no infusion can be started'),
  // Patient and monitor are still watched by a person, who then hears of nothing by ear.
  'sound-lost': tells(
    'death-or-irreversible',
    'delayed',
    'No screen proves its sound - watch the patient, check the loudspeaker',
  ),
  'library-unusable': tells('reversible', 'prompt', 'The drug library cannot be used - no infusion can be started'),
  'station-held': tells('reversible', 'prompt', 'Nothing can start: this station is held'),
  'nibp-repeat': tells(
    'death-or-irreversible',
    'delayed',
    'Repeat the cuff pressure now - it is past a limit that pauses',
  ),
  'spo2-advisory': tells('death-or-irreversible', 'delayed', 'SpO2 below the advisory limit'),
  'pulse-advisory': tells('death-or-irreversible', 'delayed', 'Pulse outside the advisory limits'),
  'hr-advisory': tells('death-or-irreversible', 'delayed', 'Heart rate outside the advisory limits'),
  'rr-advisory': tells('death-or-irreversible', 'delayed', 'Breathing rate outside the advisory limits'),
  'etco2-advisory': tells('death-or-irreversible', 'delayed', 'etCO2 outside the advisory limits'),
  'nibp-sys-advisory': tells('death-or-irreversible', 'delayed', 'Systolic pressure outside the advisory limits'),
  'nibp-dia-advisory': tells('death-or-irreversible', 'delayed', 'Diastolic pressure above the advisory limit'),
  'sedation-advisory': tells('death-or-irreversible', 'delayed', 'Patient is drowsy'),
  'hr-doubtful': tells('death-or-irreversible', 'delayed', 'ECG and pulse disagree - check the electrodes'),
  'reading-overdue': tells('death-or-irreversible', 'delayed', 'A cuff pressure or sedation score is overdue'),
  'vitals-stale': tells('death-or-irreversible', 'delayed', 'Vital signs are stale'),
  'monitor-alarm': tells('death-or-irreversible', 'delayed', 'The monitor reports an alarm'),
  'signal-poor': tells('death-or-irreversible', 'delayed', 'Poor signal from the sensor'),
  // Nothing runs; what was missing has an alarm of its own where it needs one.
  'start-withdrawn': {
    priority: 'low',
    action: 'none',
    latching: true,
    harm: 'minor',
    onset: 'prompt',
    message: 'The start was withdrawn, nothing runs',
  },
  // The patient is watched and nothing runs; forgotten, the session would still be open for the next one.
  'session-idle': {
    priority: 'low',
    action: 'none',
    latching: false,
    harm: 'minor',
    onset: 'prompt',
    message: 'Paused for a long time - resume the infusion or end the session',
  },
  'infusion-complete': {
    priority: 'low',
    action: 'none',
    latching: true,
    harm: 'minor',
    onset: 'prompt',
    message: 'Infusion complete',
  },
} as const satisfies Record<string, AlarmRow>;

export type AlarmId = keyof typeof ALARMS;
