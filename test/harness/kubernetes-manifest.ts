import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object of docs/deployment/kubernetes.yaml, as far as tests look. */
export type Manifest = ConfigMap | Deployment | Service | DisruptionBudget | NetworkPolicy;

interface OfKind<K extends string> {
  readonly apiVersion: string;
  readonly kind: K;
  readonly metadata: { readonly name: string };
}

interface Labels {
  readonly matchLabels: Readonly<Record<string, string>>;
}

interface ConfigMap extends OfKind<'ConfigMap'> {
  readonly data: Readonly<Record<string, string>>;
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly env: readonly {
    readonly name: string;
    readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
  }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly securityContext: object;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string; readonly secret: { readonly secretName: string } }[];
}

interface Deployment extends OfKind<'Deployment'> {
  readonly spec: {
    readonly replicas: number;
    readonly selector: Labels;
    readonly strategy: object;
    readonly template: { readonly metadata: { readonly labels: Labels['matchLabels'] }; readonly spec: PodSpec };
  };
}

interface Service extends OfKind<'Service'> {
  readonly spec: {
    readonly selector: Labels['matchLabels'];
    readonly ports: readonly { readonly port: number; readonly targetPort: string }[];
  };
}

interface DisruptionBudget extends OfKind<'PodDisruptionBudget'> {
  readonly spec: { readonly maxUnavailable: number; readonly selector: Labels };
}

interface NetworkPolicy extends OfKind<'NetworkPolicy'> {
  readonly spec: {
    readonly podSelector: Labels;
    readonly policyTypes: readonly string[];
    readonly ingress: readonly {
      readonly ports: readonly { readonly port: string }[];
      readonly from: readonly object[];
    }[];
  };
}

/** YAML 1.1, as kubectl reads it: there 0440 is a number in octal. */
const documents = parseAllDocuments(readFileSync('docs/deployment/kubernetes.yaml', 'utf8'), { version: '1.1' });

/** Every object in its order; a mistake of syntax throws. */
export const manifests: readonly Manifest[] = documents.map((document) => {
  for (const problem of [...document.errors, ...document.warnings]) throw problem;
  return document.toJS() as Manifest;
});

/** The objects of a kind. */
export function ofKind<K extends Manifest['kind']>(kind: K): readonly Extract<Manifest, { kind: K }>[] {
  return manifests.filter((manifest): manifest is Extract<Manifest, { kind: K }> => manifest.kind === kind);
}

/** The only object of a kind. */
export function only<K extends Manifest['kind']>(kind: K): Extract<Manifest, { kind: K }> {
  const [manifest, ...others] = ofKind(kind);
  if (manifest === undefined || others.length > 0) throw new Error(`There is not one ${kind}.`);
  return manifest;
}
