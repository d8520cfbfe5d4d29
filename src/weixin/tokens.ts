import type { SharedTokens } from '../domain/access-token.js';
import type { App, AppId } from '../domain/app.js';
import type { Clock, Milliseconds } from '../domain/clock.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { AccessTokens } from './access-tokens.js';
import { CloudTokenFile } from './cloud-token-file.js';
import type { Credentials, TokenSource } from './credentials.js';
import type { GuardedWeixin } from './guarded-weixin.js';
import { OperatorError } from './weixin-api.js';
import { StableTokens } from './stable-tokens.js';
import { TokenServer, type TokenServerOptions } from './token-server.js';
import type { WeixinCalls } from './weixin-calls.js';
import type { WeixinHttp } from './weixin-http.js';

/** Where tokens come from, if not from Weixin's stable_token. */
export interface TokensFromElsewhere {
  /** A server of the apps' access tokens. */
  readonly tokenUrl: string | undefined;
  /** File with a header for the servers of tokens. */
  readonly tokenHeaderFile: string | undefined;
  /** A third-party platform through which users log in, and the server of its token. */
  readonly component: { readonly appId: AppId; readonly tokenUrl: string } | undefined;
  /** File of Cloud Run's token, which takes the place of the apps' access tokens. */
  readonly cloudTokenFile: string | undefined;
  /** Opens a line to the server at this URL. */
  readonly lineTo: (url: string) => WeixinHttp;
}

/** A third-party platform, and its tokens. */
export interface Platform {
  /** The platform as the holder of its token. */
  readonly holder: App;
  readonly credentials: Credentials;
}

export interface TokensOptions {
  readonly calls: WeixinCalls;
  readonly guarded: (line: WeixinHttp) => GuardedWeixin;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tokenDeadline: Milliseconds;
  readonly sharedTokens: SharedTokens | undefined;
  readonly tokensFromElsewhere?: TokensFromElsewhere;
}

export interface Tokens {
  readonly credentials: Credentials;
  readonly platform: Platform | undefined;
}

/** Chooses the tokens of the apps, and those of the third-party platform if there is one. */
export function tokens(options: TokensOptions): Tokens {
  const { calls, guarded, log, tokenDeadline: timeout, tokensFromElsewhere: elsewhere } = options;
  const stable = new StableTokens(calls, timeout);
  if (elsewhere === undefined) {
    return { credentials: accessTokens(stable, 'access_token', options), platform: undefined };
  }
  const { tokenUrl, tokenHeaderFile: headerFile, component, cloudTokenFile, lineTo } = elsewhere;
  const server = (name: TokenServerOptions['name'], url: string) =>
    new TokenServer({ name, url, headerFile, line: guarded(lineTo(new URL(url).origin)), timeout, log });
  const source = tokenUrl === undefined ? stable : server('WEIXIN_TOKEN_URL', tokenUrl);
  return {
    credentials:
      cloudTokenFile === undefined ? accessTokens(source, 'access_token', options) : new CloudTokenFile(cloudTokenFile),
    platform: component && {
      holder: { appId: component.appId, secret: undefined },
      credentials: accessTokens(
        server('WEIXIN_COMPONENT_TOKEN_URL', component.tokenUrl),
        'component_access_token',
        options,
      ),
    },
  };
}

function accessTokens(
  source: TokenSource,
  parameter: Credentials['parameter'],
  { clock, log, metrics, sharedTokens: shared }: TokensOptions,
): AccessTokens {
  return new AccessTokens({
    source,
    parameter,
    clock,
    shared,
    onHeld: ({ appId }, left) => metrics.accessToken(appId, left / 1000),
    onRenewalFailed: ({ appId }, cause) => {
      if (cause instanceof OperatorError) log.error(cause.about, cause.message);
      else log.warn({ endpoint: source.name, appId }, 'an access token could not be renewed');
    },
  });
}
