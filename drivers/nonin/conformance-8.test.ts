import { describeMonitorConformance } from '../kit/monitor-conformance.ts';
import { nonin } from './driver.ts';
import { createNoninSimulator } from './simulator.ts';

describeMonitorConformance('nonin in format 8', {
  module: nonin,
  makeSimulator: () => createNoninSimulator({ format: '8' }),
  format: '8',
});
