import type { StoreSeal } from '../../crypto/store-seal.js';
import type { HeldToken, SharedTokens } from '../../domain/access-token.js';
import type { AppId } from '../../domain/app.js';
import { Secret } from '../../domain/secret.js';
import type { Instant } from '../../domain/clock.js';
import { accessTokenName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';

/** Access tokens in Redis, sealed, so that one process's token serves every other. */
export class RedisAccessTokens implements SharedTokens {
  readonly #redis: RedisConnection;
  readonly #seal: StoreSeal;

  constructor(redis: RedisConnection, seal: StoreSeal) {
    this.#redis = redis;
    this.#seal = seal;
  }

  async find(appId: AppId): Promise<HeldToken | undefined> {
    const name = accessTokenName(appId);
    const sealed = await this.#redis.read(name);
    const text = sealed === null ? undefined : this.#seal.open(name, sealed);
    if (text === undefined) return undefined;
    const [token, endsAt] = JSON.parse(text) as [string, number];
    return { token: new Secret(token), endsAt };
  }

  async share(appId: AppId, token: Secret, endsAt: Instant): Promise<void> {
    const name = accessTokenName(appId);
    const sealed = this.#seal.seal(name, JSON.stringify([token.reveal(), endsAt]));
    const left = Math.max(1, Math.floor(endsAt - this.#redis.now()));
    await this.#redis.run((client) => client.set(name, sealed, { expiration: { type: 'PX', value: left } }));
  }
}
