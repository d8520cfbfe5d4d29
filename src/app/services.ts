import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.js';
import { CryptoService } from '../crypto/crypto-service.js';
import type { App } from '../domain/app.js';
import type { Log } from '../domain/log.js';
import type { Metrics } from '../domain/metrics.js';
import { buildGatewaySchema } from '../graphql/schema.js';
import type { Stores } from './stores.js';
import { GrammarWatch } from '../phones/grammar-watch.js';
import { PhoneService } from '../phones/phone-service.js';
import type { ProofSigner } from '../phones/proof-signer.js';
import { SessionService } from '../sessions/session-service.js';
import type { WeixinApi } from '../weixin/weixin-api.js';

/** What the services stand on. */
export interface Ports {
  readonly stores: Stores;
  readonly weixin: WeixinApi;
  readonly proofs: ProofSigner;
  readonly apps: readonly App[];
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The services, and the schema whose resolvers delegate to them. */
export async function wireServices(
  config: Config,
  { stores, weixin, proofs, apps, log, metrics }: Ports,
): Promise<{ readonly schema: GraphQLSchema; readonly grammarWatch: GrammarWatch }> {
  const { loginReplay, weixinTimeout, verifyOrigin, bindPhoneCodes } = config;
  const grammarWatch = new GrammarWatch(stores.clock, log);
  const schema = await buildGatewaySchema({
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
    proofs,
    apps: new Map(apps.map((app) => [app.appId, app])),
  });
  return { schema, grammarWatch };
}
