import type { App, AppId } from '../domain/app.js';
import type { Settings } from './variables.js';

/** Where Weixin is, the Mini Programs, and where their tokens come from. */
export interface WeixinConfig {
  /** Of the server API, with the path of a relay, without a closing slash. */
  readonly url: string;
  /** The Mini Programs at the start. */
  readonly apps: readonly App[];
  /** Path of the file that they are in, to be read again; undefined: they do not change. */
  readonly appsFile: string | undefined;
  /** A third-party platform through which users log in. */
  readonly component: { readonly appId: AppId; readonly tokenUrl: string } | undefined;
  /** A server of access tokens; undefined: Weixin's stable_token. */
  readonly tokenUrl: string | undefined;
  /** Path of a file with a header for the servers of tokens. */
  readonly tokenHeaderFile: string | undefined;
  /** Path of the file of Cloud Run's token, which takes the place of access tokens. */
  readonly cloudTokenFile: string | undefined;
}

/** The simulator in Weixin's place. */
export interface SimulatorConfig {
  /** undefined: the port after the gateway's, or a free one. */
  readonly simulatorPort: number | undefined;
}

/** Chooses Weixin or the simulator. The rules in cross-checks.ts decide whether the simulator is allowed. */
export function weixinConfig({ weixin }: Settings): WeixinConfig | SimulatorConfig {
  const apps = weixin.apps ?? weixin.appsFile?.apps;
  if (apps === undefined || weixin.simulator === 'on') return { simulatorPort: weixin.simulatorPort };
  const { api, appsFile, componentAppId, componentTokenUrl, tokenUrl, tokenHeaderFile, cloudTokenFile } = weixin;
  const component =
    componentAppId === undefined || componentTokenUrl === undefined
      ? undefined
      : { appId: componentAppId, tokenUrl: componentTokenUrl };
  return { url: api, apps, appsFile: appsFile?.path, component, tokenUrl, tokenHeaderFile, cloudTokenFile };
}
