import { parse } from 'yaml';
import { variables } from '../../src/config/variables.js';
import { page } from '../harness/documents.js';

interface PodTemplate {
  readonly spec: {
    readonly terminationGracePeriodSeconds: number;
    readonly containers: readonly {
      readonly ports: readonly { readonly containerPort: number }[];
      readonly env: readonly { readonly name: string; readonly value?: string }[];
      readonly livenessProbe: { readonly httpGet: { readonly path: string; readonly port: number } };
      readonly readinessProbe: { readonly httpGet: { readonly path: string; readonly port: number } };
      readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
    }[];
  };
}

/** Seconds from SIGTERM to the end of the process at the latest: STOP_DEADLINE of src/start.ts, which runs when imported. */
const STOPS_WITHIN = 9;

const { spec } = parse(page('docs/deployment.md').blocks('yaml')[0] ?? '') as PodTemplate;
const [container] = spec.containers;

test('the grace period holds the sleep before SIGTERM and the time in which the process ends', () => {
  const [, sleep] = container?.lifecycle.preStop.exec.command ?? [];
  expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(sleep) + STOPS_WITHIN);
});

test('the probes ask what the gateway answers, at the port that it listens on', () => {
  const port = Number(variables.find(({ name }) => name === 'PORT')?.default);
  expect(container?.ports).toEqual([{ containerPort: port }]);
  expect(container?.livenessProbe.httpGet).toEqual({ path: '/healthz', port });
  expect(container?.readinessProbe.httpGet).toEqual({ path: '/readyz', port });
});

test('the variables are known to the gateway', () => {
  const known = variables.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining(container?.env.map(({ name }) => name) ?? []));
});
