import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sbom } from '../../tools/sbom.js';

/* The SBOM that the build writes beside the bundle, read back. https://cyclonedx.org/docs/1.5/json/ */

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly version: number;
  readonly metadata: {
    readonly component: { readonly 'bom-ref': string; readonly name: string; readonly purl: string };
  };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly type: string;
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes: readonly { readonly alg: string; readonly content: string }[];
    readonly licenses: readonly unknown[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const text = readFileSync(`${ROOT}dist/sbom.cdx.json`, 'utf8');
const { bomFormat, specVersion, version, metadata, components, dependencies } = JSON.parse(text) as Sbom;

/** The packages of the bundle by esbuild's metafile, which is what LICENSES.txt lists, as name@version. */
const bundled = [...readFileSync(`${ROOT}dist/LICENSES.txt`, 'utf8').matchAll(/^== (\S+) (\S+): /gm)].map(
  ([, name = '', release = '']) => `${name}@${release}`,
);

test('it is a CycloneDX document of the gateway', () => {
  const { name, version: own } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as Record<string, string>;
  expect({ bomFormat, specVersion, version }).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
  expect(metadata.component).toMatchObject({ name, version: own, purl: `pkg:npm/${name ?? ''}@${own ?? ''}` });
});

test('each package of the bundle is in it, and no other', () => {
  expect(bundled.length).toBeGreaterThan(20);
  expect(components.map(({ name, version: release }) => `${name}@${release}`).toSorted()).toEqual(bundled.toSorted());
});

test('each has a purl, a licence and the hash of package-lock.json', () => {
  const lock = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const integrities = new Set(Object.values(lock.packages).map(({ integrity }) => integrity));
  for (const { name, version: release, purl, hashes, licenses } of components) {
    expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${release}`);
    expect(licenses).not.toEqual([]);
    const sha512 = hashes.find(({ alg }) => alg === 'SHA-512');
    expect(integrities).toContain(`sha512-${Buffer.from(sha512?.content ?? '', 'hex').toString('base64')}`);
  }
});

test('its references are unique and lead to components', () => {
  const references = components.map((component) => component['bom-ref']);
  expect(new Set(references).size).toBe(references.length);
  const all = new Set([...references, metadata.component['bom-ref']]);
  expect(dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !all.has(ref))).toEqual([]);
  expect(new Set(dependencies.map(({ ref }) => ref))).toEqual(all);
});

test('the same packages give the same bytes, without a time, a place or a tool', async () => {
  const folders = ['node_modules/jose', 'node_modules/graphql'];
  expect(await sbom(folders)).toBe(await sbom(folders.toReversed()));
  expect(text).not.toMatch(/timestamp|serialNumber|https?:|"tools"|\/tmp|\/home/);
});

test('a package that package-lock.json does not have is not passed over', async () => {
  await expect(sbom(['src/client'])).rejects.toThrow('package-lock.json has no weixin-phone-gateway-client@');
});
