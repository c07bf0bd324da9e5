/** What a test hears of a page and can do to its sound. */
export interface TappedSound {
  /** Greatest height of the newest samples that reached the output. */
  level(): number;
  /** The output is taken away and does not come back. */
  lose(): void;
}

/** Runs inside the page, before its own script. It is sent as text: it may use nothing from outside itself. */
export function tapSound(): void {
  const contexts: AudioContext[] = [];
  const taps: AnalyserNode[] = [];
  type Connect = (this: AudioNode, ...to: unknown[]) => unknown;
  const { connect } = AudioNode.prototype as object as { readonly connect: Connect };
  function tapped(this: AudioNode, ...to: unknown[]): unknown {
    const [node] = to;
    if (node instanceof AudioDestinationNode && this.context instanceof AudioContext) {
      const tap = this.context.createAnalyser();
      connect.call(this, tap);
      contexts.push(this.context);
      taps.push(tap);
    }
    return connect.apply(this, to);
  }
  Object.assign(AudioNode.prototype, { connect: tapped });
  const level = (): number => {
    const heights = taps.map((tap) => {
      const samples = new Float32Array(tap.fftSize);
      tap.getFloatTimeDomainData(samples);
      return samples.reduce((top, sample) => Math.max(top, Math.abs(sample)), 0);
    });
    return Math.max(0, ...heights);
  };
  const lose = (): void => {
    for (const context of contexts) {
      context.resume = () => Promise.reject(new Error('taken'));
      void context.suspend();
    }
  };
  Object.assign(window, { tapped: { level, lose } });
}
