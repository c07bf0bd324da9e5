/** Height of the pulse above the diastolic foot, 0..1, at a phase of the beat, 0..1: systolic peak, notch, second wave. */
export function pulseShape(phase: number): number {
  const bump = (centre: number, width: number): number => Math.exp(-(((phase - centre) / width) ** 2));
  return Math.min(1, bump(0.2, 0.1) + 0.4 * bump(0.48, 0.13));
}

/**
 * The light signal of one finger. Breathing and a little noise keep it from ever repeating, as with a real finger; the
 * noise is the same in every run so that a failure comes back.
 */
export class SimulatedPleth {
  #phase = 0;
  #breath = 0;
  #noise = 0x1234567;

  /** Goes on by a time; true at the start of a beat. */
  advance(seconds: number, pulsePerMinute: number): boolean {
    this.#breath = (this.#breath + seconds * 0.23) % 1;
    const phase = this.#phase + (seconds * pulsePerMinute) / 60;
    this.#phase = phase % 1;
    return phase >= 1;
  }

  /** 0..1 of full scale. @param amplitude share of full scale that a pulse takes. */
  height(amplitude: number): number {
    const breathing = 0.04 * Math.sin(2 * Math.PI * this.#breath);
    return 0.25 + breathing + amplitude * pulseShape(this.#phase) + this.#random() * 0.006;
  }

  #random(): number {
    this.#noise = (Math.imul(this.#noise, 1_103_515_245) + 12_345) & 0x7fffffff;
    return this.#noise / 0x7fffffff;
  }
}
