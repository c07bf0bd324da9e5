/** What a monitor reports of itself, in words. Each driver translates the codes of its protocol into these. */
export const MONITOR_ALARMS = {
  'sensor-off': 'its sensor is off the patient',
  'sensor-fault': 'its sensor is faulty',
  'low-battery': 'its battery is low',
  frozen: 'it sends the same again and again',
} as const satisfies Readonly<Record<string, string>>;

export type MonitorAlarm = keyof typeof MONITOR_ALARMS;
