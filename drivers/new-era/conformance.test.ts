import { describePumpConformance } from '../kit/pump-conformance.ts';
import { newEra } from './driver.ts';
import { createNewEraSimulator } from './simulator.ts';

describePumpConformance('New Era from the factory', { module: newEra, makeSimulator: () => createNewEraSimulator() });

describePumpConformance('New Era left in Safe mode', {
  module: newEra,
  makeSimulator: () => createNewEraSimulator({ safe: 5 }),
});
