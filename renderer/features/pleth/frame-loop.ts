type Painter = (nowMs: number) => void;

const painters = new Set<Painter>();
let request = 0;

function tick(nowMs: number): void {
  for (const paint of painters) paint(nowMs);
  request = painters.size > 0 ? requestAnimationFrame(tick) : 0;
}

/** Runs a painter on every animation frame, all strips in one request. Returns a function that ends it. */
export function onFrame(paint: Painter): () => void {
  painters.add(paint);
  if (request === 0) request = requestAnimationFrame(tick);
  return () => {
    painters.delete(paint);
  };
}
