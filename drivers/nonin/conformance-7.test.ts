import { describeMonitorConformance } from '../kit/monitor-conformance.ts';
import { nonin } from './driver.ts';
import { createNoninSimulator } from './simulator.ts';

describeMonitorConformance('nonin in its default format', {
  module: nonin,
  makeSimulator: () => createNoninSimulator(),
});
