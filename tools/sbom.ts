import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from './package-root.js';

/** What is taken from a component of CycloneDX 1.5: https://cyclonedx.org/docs/1.5/json/ */
const FIELDS = ['type', 'name', 'version', 'author', 'description', 'purl', 'hashes', 'licenses'] as const;

type Component = { readonly 'bom-ref': string } & Readonly<Partial<Record<(typeof FIELDS)[number], unknown>>>;

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** Bytes of npm's output at most: it has a few hundred packages. */
const MAX_OUTPUT = 32 * 1024 * 1024;

/**
 * A CycloneDX SBOM of the packages in a bundle, with licences and the hashes of package-lock.json. The same packages give the
 * same bytes: npm's serial number, time and version, and whatever comes from npm's configuration, are left out.
 *
 * @param folders of the bundled packages, e.g. node_modules/graphql
 * @throws Error if package-lock.json has no such package
 */
export async function sbom(folders: Iterable<string>): Promise<string> {
  const bundled = new Set(await Promise.all([...folders].map(reference)));
  const { bomFormat, specVersion, metadata, components, dependencies } = await npmSbom();
  // npm 10 lists a package once for each folder that it is installed in, npm 11 once.
  const known = new Map(components.map((component) => [component['bom-ref'], component]));
  const contained = [...bundled].toSorted().map((ref) => {
    const component = known.get(ref);
    if (component === undefined) throw new Error(`package-lock.json has no ${ref}.`);
    return component;
  });

  const { name } = JSON.parse(await readFile(new URL('package.json', PACKAGE_ROOT), 'utf8')) as { name: string };
  const document = {
    bomFormat,
    specVersion,
    version: 1,
    // npm takes the name of the folder.
    metadata: { component: { ...lasting(metadata.component), name } },
    components: contained.map(lasting),
    dependencies: [metadata.component, ...contained].map(({ 'bom-ref': ref }) => {
      const named = dependencies.filter((each) => each.ref === ref).flatMap(({ dependsOn = [] }) => dependsOn);
      return { ref, dependsOn: [...new Set(named)].filter((each) => bundled.has(each)).toSorted() };
    }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function npmSbom(): Promise<Sbom> {
  // Without --omit=dev, which also omits packages that something for development needs as well.
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const options = { cwd: fileURLToPath(PACKAGE_ROOT), maxBuffer: MAX_OUTPUT };
  return JSON.parse((await promisify(execFile)('npm', args, options)).stdout) as Sbom;
}

/** What npm calls the package in this folder in an SBOM: its name and version. */
async function reference(folder: string): Promise<string> {
  const manifest = await readFile(new URL(`${folder}/package.json`, PACKAGE_ROOT), 'utf8');
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  return `${name}@${version}`;
}

function lasting(component: Component): Component {
  const fields = FIELDS.filter((field) => field in component).map((field) => [field, component[field]]);
  return { 'bom-ref': component['bom-ref'], ...(Object.fromEntries(fields) as Partial<Component>) };
}
