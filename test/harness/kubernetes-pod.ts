import { randomBytes } from 'node:crypto';
import { only } from './kubernetes-manifest.js';
import { proofKeyPem } from './proof-key.js';

/** The Deployment of docs/deployment/kubernetes.yaml. */
export const { spec: deployment } = only('Deployment');
export const pod = deployment.template.spec;

const [container] = pod.containers;
const [initContainer] = pod.initContainers;
if (container === undefined || initContainer === undefined) throw new Error('A container is missing.');
export const gateway = container;
export const check = initContainer;

export const { metadata: configMap, data } = only('ConfigMap');

/** The files of the secret, as the commands in docs/deployment.md make them. */
export const SECRET: Readonly<Record<string, string>> = {
  'weixin-apps.json': '[{"appId": "wx0123456789abcdef", "secret": "secret"}]',
  'proof-key.pem': proofKeyPem(),
  'store-keys': `2026-01:${randomBytes(32).toString('base64')}`,
  'back-ends.json': `[{ "id": "shop", "secret": "${randomBytes(32).toString('hex')}" }]`,
  'redis-password': `${randomBytes(24).toString('hex')}\n`,
};

/** Where the containers see these files. */
export const mountPath = gateway.volumeMounts[0]?.mountPath ?? '';

/** The environment of both containers, with the files in another folder. */
export function environment(folder = mountPath): Record<string, string> {
  const plain = Object.entries(data).map(([name, value]) => [name, value.replace(`${mountPath}/`, `${folder}/`)]);
  const secret = gateway.env.map(({ name, valueFrom }) => [name, SECRET[valueFrom.secretKeyRef.key] ?? '']);
  return Object.fromEntries([...plain, ...secret]) as Record<string, string>;
}
