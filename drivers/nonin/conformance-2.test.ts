import { describeMonitorConformance } from '../kit/monitor-conformance.ts';
import { nonin } from './driver.ts';
import { createNoninSimulator } from './simulator.ts';

describeMonitorConformance('nonin in format 2', {
  module: nonin,
  makeSimulator: () => createNoninSimulator({ format: '2' }),
  format: '2',
});
