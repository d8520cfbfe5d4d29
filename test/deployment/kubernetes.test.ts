import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { loadConfig } from '../../src/config/config.js';
import { variables } from '../../src/config/variables.js';
import { dockerfile } from '../harness/deployment-files.js';
import { page } from '../harness/documents.js';
import { check, configMap, data, environment, gateway, mountPath, pod, SECRET } from '../harness/kubernetes-pod.js';

/** Seconds from SIGTERM to the end of the process at the latest: STOP_DEADLINE of src/start.ts, which runs when imported. */
const STOPS_WITHIN = 9;

const config = loadConfig(environment(), (path) => {
  expect(path.startsWith(`${mountPath}/`)).toBe(true);
  return SECRET[basename(path)] ?? '';
});

test('the variables are known to the gateway, and make a configuration for production without a warning', () => {
  expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(environment())));
  expect(config).toMatchObject({ production: true, host: '0.0.0.0', trustProxy: 1, warnings: [] });
  expect(config.redis?.servers).toMatchObject({ kind: 'node', node: { host: 'redis.example.com', port: 6379 } });
  expect(config.proofKeys).toHaveLength(1);
});

test('every value in the ConfigMap is a text, as Kubernetes wants it', () => {
  for (const value of Object.values(data)) expect(typeof value).toBe('string');
});

test('the commands in docs/deployment.md make the secret that the pods mount, with the keys that they use', () => {
  const [block = ''] = page('docs/deployment.md').section('Kubernetes').blocks('sh');
  const made = new Set([...block.matchAll(/secrets\/([\w.-]+)/g)].map(([, name]) => name));
  expect([...made].toSorted()).toEqual(Object.keys(SECRET).toSorted());
  const [, name] = /create secret generic (\S+) --from-file=secrets$/m.exec(block) ?? [];
  expect(pod.volumes).toMatchObject([{ name: gateway.volumeMounts[0]?.name, secret: { secretName: name } }]);
  expect(gateway.env.map(({ valueFrom }) => valueFrom.secretKeyRef.name)).toEqual([name]);
  expect(gateway.envFrom).toEqual([{ configMapRef: { name: configMap.name } }]);
});

test('a changed secret reaches the pods: nothing of it is mounted by subPath', () => {
  expect(gateway.volumeMounts).toHaveLength(1);
  expect(gateway.volumeMounts[0]).not.toHaveProperty('subPath');
});

test('the init container runs the check of the same image with the same variables, files and rights', () => {
  const entry = JSON.parse(
    dockerfile.find(({ instruction }) => instruction === 'ENTRYPOINT')?.argument ?? '',
  ) as string[];
  expect(check.command).toEqual([...entry, '--check']);
  for (const field of ['image', 'envFrom', 'env', 'volumeMounts', 'resources', 'securityContext'] as const) {
    expect(check[field]).toEqual(gateway[field]);
  }
  expect(gateway).not.toHaveProperty('command');
});

test('the image has the version of package.json, and the commands build it', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(gateway.image).toMatch(new RegExp(`/weixin-phone-gateway:${version.replaceAll('.', '\\.')}$`));
  expect(page('docs/deployment.md').text).toContain(`docker build --tag ${gateway.image} .`);
});

test('the ports are those that the gateway listens on, reachable from outside the pod', () => {
  expect(gateway.ports).toEqual([
    { name: 'api', containerPort: config.port },
    { name: 'metrics', containerPort: config.metrics?.port },
    { name: 'backend', containerPort: config.backendDoor?.port },
  ]);
  expect([config.metrics?.host, config.backendDoor?.host]).toEqual(['0.0.0.0', '0.0.0.0']);
});

test('Kubernetes sets no variable for a Service, which could be one of the gateway', () => {
  expect(pod.enableServiceLinks).toBe(false);
  expect(() => loadConfig({ ...environment(), METRICS_PORT: 'tcp://10.0.0.1:80' }, () => '')).toThrow('METRICS_PORT');
});

test('the grace period holds the sleep before SIGTERM and the time in which the process ends', () => {
  const [, sleep] = gateway.lifecycle.preStop.exec.command;
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(sleep) + STOPS_WITHIN);
});

test('the pods run as an ordinary user without rights, and cannot write to their file system', () => {
  const user = dockerfile.findLast(({ instruction }) => instruction === 'USER')?.argument;
  // The user of Node's images has the number 1000, and Kubernetes cannot see in a name that it is not root.
  expect(user).toBe('node');
  expect(pod.securityContext).toEqual({
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(gateway.securityContext).toEqual({
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
  expect(pod.automountServiceAccountToken).toBe(false);
  expect(pod.volumes).toMatchObject([{ secret: { defaultMode: 0o440 } }]);
});

test('memory is bounded, and the requests are not above the limits', () => {
  expect(gateway.resources).toEqual({ requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } });
});
