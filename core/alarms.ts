/** IEC 60601-1-8 priorities: high needs immediate response, medium prompt response, low awareness. */
export type AlarmPriority = 'high' | 'medium' | 'low';

/** What the condition does to a running infusion. */
export type AlarmAction = 'pause' | 'none';

interface AlarmRow {
  readonly priority: AlarmPriority;
  readonly action: AlarmAction;
  /** Stays until a named person acknowledges it, even when its condition has gone. */
  readonly latching: boolean;
  readonly message: string;
}

/**
 * The one table of alarm conditions: priority from harm and onset, action from. Ordered by urgency; the
 * banner shows the first raised row of the highest priority.
 */
export const ALARMS = {
  'stop-not-confirmed': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'STOP NOT CONFIRMED - stop at the pump',
  },
  'spo2-critical': { priority: 'high', action: 'pause', latching: true, message: 'SpO2 critically low' },
  'spo2-low': { priority: 'high', action: 'pause', latching: true, message: 'SpO2 low' },
  'pulse-critical': { priority: 'high', action: 'pause', latching: true, message: 'Pulse at a critical value' },
  'pulse-limit': { priority: 'high', action: 'pause', latching: true, message: 'Pulse outside its limits' },
  'vitals-lost': { priority: 'high', action: 'pause', latching: true, message: 'No valid vital signs' },
  'monitor-link': { priority: 'high', action: 'pause', latching: true, message: 'Connection to the monitor lost' },
  'pump-link': { priority: 'high', action: 'pause', latching: true, message: 'Connection to the pump lost' },
  'pump-silent': { priority: 'high', action: 'pause', latching: true, message: 'The pump does not answer' },
  'pump-alarm': { priority: 'high', action: 'pause', latching: true, message: 'The pump reports an alarm' },
  'pump-unexpected': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'The pump is running without permission',
  },
  'pump-stopped': { priority: 'high', action: 'pause', latching: true, message: 'The pump stopped by itself' },
  'pump-rate': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'The pump reports another rate than commanded',
  },
  'volume-deviation': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'Delivered volume does not match the rate',
  },
  'dose-ceiling': { priority: 'high', action: 'pause', latching: true, message: 'Dose ceiling reached' },
  'prediction-ceiling': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'Predicted plasma concentration above its ceiling',
  },
  'command-unknown': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'A pump command has no known outcome',
  },
  'command-refused': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'The pump refused a command',
  },
  'pump-identity': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'Another pump than the one of this session',
  },
  'guard-tripped': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'The device process stopped the pump by itself',
  },
  'supervision-gap': {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'The station was not supervising for a while',
  },
  interrupted: {
    priority: 'high',
    action: 'pause',
    latching: true,
    message: 'The session was interrupted - check patient and pump',
  },
  'record-failed': {
    priority: 'medium',
    action: 'none',
    latching: false,
    message: 'The record cannot be written - no infusion can be started',
  },
  'sound-lost': {
    priority: 'medium',
    action: 'none',
    latching: false,
    message: 'No screen proves its sound - watch the patient, check the loudspeaker',
  },
  'library-unusable': {
    priority: 'medium',
    action: 'none',
    latching: false,
    message: 'The drug library cannot be used - no infusion can be started',
  },
  'spo2-advisory': { priority: 'medium', action: 'none', latching: false, message: 'SpO2 below the advisory limit' },
  'pulse-advisory': {
    priority: 'medium',
    action: 'none',
    latching: false,
    message: 'Pulse outside the advisory limits',
  },
  'vitals-stale': { priority: 'medium', action: 'none', latching: false, message: 'Vital signs are stale' },
  'signal-poor': { priority: 'medium', action: 'none', latching: false, message: 'Poor signal from the sensor' },
  'infusion-complete': { priority: 'low', action: 'none', latching: true, message: 'Infusion complete' },
} as const satisfies Record<string, AlarmRow>;

export type AlarmId = keyof typeof ALARMS;
