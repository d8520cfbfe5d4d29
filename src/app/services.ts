import type { Config } from '../config/config.js';
import { CryptoService } from '../crypto/crypto-service.js';
import type { JwtSigner } from '../crypto/jwt-signer.js';
import type { App } from '../domain/app.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { noTracing, type Tracing } from '../domain/tracing.js';
import type { SchemaServices } from '../graphql/schema.js';
import { GrammarWatch } from '../phones/grammar-watch.js';
import { PhoneService } from '../phones/phone-service.js';
import { PhoneProofs } from '../phones/phone-proofs.js';
import { SessionProofs } from '../sessions/session-proofs.js';
import { SessionService } from '../sessions/session-service.js';
import { TokenIntrospection } from '../sessions/token-introspection.js';
import { UserSignatures } from '../sessions/user-signatures.js';
import type { Stores } from '../stores/stores.js';
import type { WeixinApi } from '../weixin/weixin-api.js';

/** Dependencies of the services. */
export interface Ports {
  readonly stores: Stores;
  readonly weixin: WeixinApi;
  readonly signer: JwtSigner;
  readonly apps: readonly App[];
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing;
}

export interface Services extends SchemaServices {
  readonly grammarWatch: GrammarWatch;
  readonly introspection: TokenIntrospection;
  readonly signatures: UserSignatures;
}

/** Creates the services that the resolvers and the door for back ends delegate to. */
export function createServices(
  config: Config,
  { stores, weixin, signer, apps, log, metrics, tracing = noTracing }: Ports,
): Services {
  const { loginReplay, weixinTimeout, verifyOrigin, bindPhoneCodes } = config;
  const sessionProofs = new SessionProofs(signer, config.sessionProofLife);
  const grammarWatch = new GrammarWatch(stores.clock, log);
  return {
    sessions: new SessionService({ weixin, ...stores, metrics, loginReplay, weixinTimeout }),
    phones: new PhoneService({
      crypto: new CryptoService(),
      weixin,
      ...stores,
      metrics,
      grammarWatch,
      rules: { maxAge: config.watermarkMaxAge, skew: config.clockSkew },
      verifyOrigin,
      bindPhoneCodes,
      weixinTimeout,
    }),
    phoneProofs: new PhoneProofs(signer),
    sessionProofs,
    introspection: new TokenIntrospection({ sessions: stores.sessions, proofs: sessionProofs }),
    signatures: new UserSignatures({ weixin, ...stores, metrics, weixinTimeout }),
    apps: new Map(apps.map((app) => [app.appId, app])),
    metrics,
    tracing,
    grammarWatch,
  };
}
