import * as z from 'zod';
import { type App, parseAppId } from '../domain/app.js';
import { isLoopback } from '../domain/loopback.js';
import { Secret } from '../domain/secret.js';
import { type EnvReader, whyUnusable } from './env-reader.js';
import { parseUrl } from './url.js';

/** Where Weixin is, and for which Mini Programs. */
export interface WeixinConfig {
  readonly origin: string;
  readonly apps: readonly App[];
}

/** The simulator in Weixin's place. */
export interface SimulatorConfig {
  /** undefined: the port after the gateway's, or a free one. */
  readonly simulatorPort: number | undefined;
}

/** What an app's secret may be: Weixin's are 32 hexadecimal digits. A comma would end it in WEIXIN_APPS. */
const APP_SECRET = /^[^\s,]{1,128}$/;

const appsFile = z.array(z.strictObject({ appId: z.string(), secret: z.string() })).min(1);

/** The simulator comes on where it is asked for, or by itself where nobody can take it for Weixin; never in production. */
export function readWeixin(reader: EnvReader): WeixinConfig | SimulatorConfig {
  const asked = reader.text('WEIXIN_SIMULATOR');
  const isMistyped = asked !== undefined && asked !== 'on' && asked !== 'off';
  if (isMistyped) reader.problem('WEIXIN_SIMULATOR must be one of: on, off.');
  const portText = reader.text('WEIXIN_SIMULATOR_PORT');
  const simulatorPort = portText === undefined ? undefined : reader.wholeNumber('WEIXIN_SIMULATOR_PORT', 0, 65_535, 0);
  const origin = weixinOrigin(reader);
  const given = apps(reader);

  if (asked === 'on' && !reader.production) return { simulatorPort };
  if (asked === 'on') reader.problem('WEIXIN_SIMULATOR must not be on in production: the simulator logs anybody in.');
  if (given === undefined && !isMistyped) {
    const comesOnByItself =
      !reader.production && isLoopback(reader.host) && reader.text('PROOF_KEY_FILE') === undefined;
    if (asked === undefined && comesOnByItself) return { simulatorPort };
    reader.problem(
      'WEIXIN_APPS or WEIXIN_APPS_FILE is needed: appid:secret of each Mini Program. ' +
        'The simulator stands in for Weixin only outside production, on a loopback HOST, and without PROOF_KEY_FILE.',
    );
  }
  return { origin, apps: given ?? [] };
}

function weixinOrigin(reader: EnvReader): string {
  const url = parseUrl(reader.text('WEIXIN_API_URL') ?? 'https://api.weixin.qq.com');
  if (
    url === undefined ||
    url.username !== '' ||
    url.password !== '' ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    reader.problem('WEIXIN_API_URL must be an http or https URL of a host, without a path, a query or credentials.');
    return '';
  }
  if (reader.production && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    reader.problem('WEIXIN_API_URL must be https in production, or a loopback address: the app secret travels to it.');
  }
  return url.origin;
}

function apps(reader: EnvReader): readonly App[] | undefined {
  const inline = reader.text('WEIXIN_APPS');
  const path = reader.text('WEIXIN_APPS_FILE');
  if (inline !== undefined && path !== undefined) {
    reader.problem('WEIXIN_APPS and WEIXIN_APPS_FILE exclude each other: set one of them.');
  }
  if (inline !== undefined) {
    return checkedApps(
      reader,
      'WEIXIN_APPS',
      inline.split(',').map((entry) => {
        const [appId = '', ...secret] = entry.trim().split(':');
        return { appId, secret: secret.join(':') };
      }),
    );
  }
  return path === undefined ? undefined : checkedApps(reader, 'WEIXIN_APPS_FILE', appsInFile(reader, path));
}

function appsInFile(reader: EnvReader, path: string): readonly { appId: string; secret: string }[] {
  try {
    return appsFile.parse(JSON.parse(reader.file(path)));
  } catch (error) {
    reader.problem(
      'WEIXIN_APPS_FILE must name a readable JSON file: [{"appId": "…", "secret": "…"}].' + whyUnusable(error),
    );
    return [];
  }
}

function checkedApps(
  reader: EnvReader,
  name: string,
  entries: readonly { appId: string; secret: string }[],
): readonly App[] {
  const checked = new Map<string, App>();
  entries.forEach((entry, i) => {
    const appId = parseAppId(entry.appId);
    if (appId === undefined) reader.problem(`${name}, entry ${i + 1}: the appid must be wx and 16 hexadecimal digits.`);
    if (!APP_SECRET.test(entry.secret)) reader.problem(`${name}, entry ${i + 1}: the secret is missing or malformed.`);
    if (checked.has(entry.appId)) reader.problem(`${name}, entry ${i + 1}: the appid is there twice.`);
    if (appId !== undefined) checked.set(appId, { appId, secret: new Secret(entry.secret) });
  });
  return [...checked.values()];
}
