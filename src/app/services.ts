import type { Config } from '../config/config.js';
import { CryptoService } from '../crypto/crypto-service.js';
import type { JwtSigner } from '../crypto/jwt-signer.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { noTracing, type Tracing } from '../domain/tracing.js';
import type { SchemaServices } from '../graphql/schema.js';
import { GrammarWatch } from '../phones/grammar-watch.js';
import { PhoneService } from '../phones/phone-service.js';
import { PhoneProofs } from '../phones/phone-proofs.js';
import { SessionProofs } from '../sessions/session-proofs.js';
import { ServedSessions } from '../sessions/served-sessions.js';
import { SessionService } from '../sessions/session-service.js';
import { TokenIntrospection } from '../sessions/token-introspection.js';
import { UserSignatures } from '../sessions/user-signatures.js';
import type { Stores } from '../stores/stores.js';
import type { ServedApps } from '../weixin/served-apps.js';
import type { WeixinApi } from '../weixin/weixin-api.js';

/** Dependencies of the services. */
export interface Ports {
  readonly stores: Stores;
  readonly weixin: WeixinApi;
  readonly signer: JwtSigner;
  readonly apps: ServedApps;
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
export function createServices(config: Config, ports: Ports): Services {
  const { weixin, signer, apps, log, metrics, tracing = noTracing } = ports;
  const sessions = new ServedSessions(ports.stores.sessions, (session) => apps.covers(session));
  const stores = { ...ports.stores, sessions };
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
    introspection: new TokenIntrospection({ sessions, proofs: sessionProofs }),
    signatures: new UserSignatures({ apps, weixin, ...stores, metrics, weixinTimeout }),
    apps,
    metrics,
    tracing,
    grammarWatch,
  };
}
