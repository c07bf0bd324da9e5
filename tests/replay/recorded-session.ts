import { justBefore } from '../../core/engine/testing.ts';
import { drawnIn } from '../../core/engine/testing.ts';
import type { PumpReading } from '../../core/pump.ts';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import { event, open } from '../../db/test-kit.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { BINDING, ChairBench } from '../../main/station/chair-bench.ts';

const RATE = BINDING.plan.rate;
const HALF_SECOND = 500;

/** A chair with the real supervisor, engine and record; devices and clock are in the test's hands. */
class Course {
  readonly bench: ChairBench;
  #volume = 0;

  constructor(bench: ChairBench) {
    this.bench = bench;
  }

  /** Half seconds pass, the pump giving what its rate says while it infuses. */
  pass(seconds: number, state: PumpReading['state'], spo2 = 98): void {
    for (let half = 0; half < seconds * 2; half += 1) {
      this.bench.advance(HALF_SECOND);
      if (state === 'infusing') this.#volume += (RATE * HALF_SECOND) / 3_600_000;
      this.#read(state);
      this.bench.vitals(spo2);
      this.bench.chair.tick();
    }
  }

  /** A command goes through: its intent is durable, the pump confirms. */
  async confirm(id: number): Promise<void> {
    await this.bench.recorder.flush(10_000);
    this.bench.confirm(id);
    await this.bench.recorder.flush(10_000);
  }

  #read(state: PumpReading['state']): void {
    const counter = microlitre(Math.floor(this.#volume));
    const at = millisecond(this.bench.now);
    const reading = { state, rate: microlitrePerHour(RATE), counter, alarm: null, at };
    this.bench.say({ kind: 'pump', reading, afterStop: justBefore(at) });
  }
}

const by = 'ada';

async function runAndPause(course: Course, pausedFor: number): Promise<void> {
  const { chair } = course.bench;
  course.bench.arm();
  chair.operate({ kind: 'start', by }, { act: 'session.start', by });
  await course.confirm(1);
  await course.confirm(2);
  course.pass(20, 'infusing');
  course.pass(0.5, 'infusing', 82);
  course.pass(pausedFor, 'stopped');
  chair.operate({ kind: 'acknowledge', by, alarms: drawnIn(chair.state) }, { act: 'alarm.acknowledge', by });
}

async function resumeAndEnd(course: Course): Promise<void> {
  const { chair } = course.bench;
  chair.operate({ kind: 'resume', by, reason: 'well', confirmedRate: RATE }, { act: 'session.resume', by });
  await course.confirm(3);
  await course.confirm(4);
  course.pass(20, 'infusing', 92);
  chair.operate({ kind: 'end', by, reason: 'done' }, { act: 'session.end', by, reason: 'done' });
  course.pass(2, 'stopped');
}

export interface RecordedSession {
  /** Exported folder. */
  readonly folder: string;
  readonly root: string;
  /** How long the session lasted by the chair's own clock, in milliseconds. */
  readonly lasted: number;
}

/** Start, desaturation, pause, resume, end: recorded below `folder` and exported beside it. */
export async function recordCourse(folder: string, pausedFor = 40): Promise<RecordedSession> {
  const trail = await open(`${folder}/record`);
  const { sessionId: id, patientId } = BINDING;
  const person = { id, chairId: 'chair-1', patientId, patientName: 'Ada Example', clinician: 'Ada' };
  await trail.openSession(person, event('session.open', { session: id, patient: patientId }));
  const course = new Course(new ChairBench(trail));
  await runAndPause(course, pausedFor);
  await resumeAndEnd(course);
  await course.bench.chair.close(1000);
  await course.bench.recorder.flush(60_000);
  const { folder: exported, root } = await exportSession(trail, id, folder);
  await trail.close();
  return { folder: exported, root, lasted: course.bench.now };
}
