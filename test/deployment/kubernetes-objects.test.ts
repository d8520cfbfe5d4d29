import { manifests, ofKind, only } from '../harness/kubernetes-manifest.js';
import { data, deployment, gateway } from '../harness/kubernetes-pod.js';

test('a rollout keeps both instances, and a drained node takes one at a time', () => {
  expect(deployment.replicas).toBeGreaterThan(1);
  expect(deployment.strategy).toEqual({ rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
  expect(only('PodDisruptionBudget').spec.maxUnavailable).toBeLessThan(deployment.replicas);
});

describe('everything that selects the pods', () => {
  const { labels } = deployment.template.metadata;
  const selectors = [
    ['Deployment', deployment.selector.matchLabels],
    ['PodDisruptionBudget', only('PodDisruptionBudget').spec.selector.matchLabels],
    ['NetworkPolicy', only('NetworkPolicy').spec.podSelector.matchLabels],
    ...ofKind('Service').map(({ metadata, spec }) => [metadata.name, spec.selector] as const),
  ] as const;
  test.each(selectors)('%s', (_name, selector) => {
    expect(selector).toEqual(labels);
  });
});

test('the Services lead to the API and to the door that BACKEND_URL names, and to nothing else', () => {
  const services = ofKind('Service').map(({ metadata, spec }) => {
    const [port] = spec.ports;
    return [metadata.name, port?.port, port?.targetPort];
  });
  const backend = new URL(data['BACKEND_URL'] ?? '');
  expect(services).toEqual([
    ['weixin-phone-gateway', 80, 'api'],
    [backend.hostname, Number(backend.port), 'backend'],
  ]);
});

test('each port is open to its own callers only', () => {
  const { policyTypes, ingress } = only('NetworkPolicy').spec;
  expect(policyTypes).toEqual(['Ingress']);
  expect(ingress.map(({ ports }) => ports.map(({ port }) => port))).toEqual(gateway.ports.map(({ name }) => [name]));
  for (const { from } of ingress) expect(from).toHaveLength(1);
});

test('the objects are of kinds and versions that Kubernetes 1.25 serves, and have one name of their kind', () => {
  expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
    'v1 ConfigMap',
    'apps/v1 Deployment',
    'v1 Service',
    'v1 Service',
    'policy/v1 PodDisruptionBudget',
    'networking.k8s.io/v1 NetworkPolicy',
  ]);
  const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});
