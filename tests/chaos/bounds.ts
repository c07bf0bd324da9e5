/** Why a pump has to stop, and within which time (ms) the requirements want it at rest. */
export const STOP_BOUNDS = {
  /** an operator's stop is read back within 2 s. */
  operator: 2000,
  /** sample (three a second from this oximeter) + 2 s. */
  'signs-critical': 1000 + 2000,
  /** pump action 5 s after the last valid value, + 2 s for the stop. */
  'signs-lost': 5000 + 2000,
  /** a monitor that is gone is seen within 2 s, + 2 s for the stop. */
  'monitor-gone': 2000 + 2000,
  /** with a pump that still hears: silence is seen within 2 s, + 2 s for the stop. */
  'pump-unreadable': 2000 + 2000,
  /** cable out, silent or under a dead or hung device host: the pump's own watchdog, as its manifest says. */
  watchdog: 5000,
  /** main killed or hung. */
  'main-gone': 4000,
  /** a start at the panel is seen within 2 s, + 2 s for the stop. */
  'panel-start': 2000 + 2000,
  /** another rate typed at the panel is seen within 2 s, + 2 s for the stop. */
  'panel-rate': 2000 + 2000,
  /** The device itself stops: power cut, motor blocked, stop key. The simulator does it at once. */
  'pump-itself': 100,
  /** a pump that refused its stop takes the next repeat (1 s), read back within 2 s. */
  'refusal-over': 1000 + 2000,
} as const;

export type StopCause = keyof typeof STOP_BOUNDS;

/**
 * Added to every bound: the machine runs four processes of the station, the simulators and the judge, perhaps other work.
 * Truth is sampled 20 times a second, and a fault takes effect a message later than it is noted.
 */
export const MACHINE_SLACK = 1500;

/** asks for the alarm within 3 s; the judge sees frames ten times a second and waits 5 s. */
export const STOP_ALARM_WITHIN = 5000;

/** A start that was accepted has to show at the pump within the engine's own patience; later it counts no more. */
export const START_SHOWS_WITHIN = 15_000;

/** Reading of the counter: one step of 10 uL (the volume step of the clinic's syringes). */
export const VOLUME_TOLERANCE = 10;
/** How long a pump may run after its last reading, for volume that no counter showed: the watchdog bound. */
export const UNCOUNTED_FOR = STOP_BOUNDS.watchdog;
