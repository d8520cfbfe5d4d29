import { fingerprint } from '../../crypto/fingerprint.js';
import type { LoginAdmission, LoginLimit, LoginLimitOptions } from '../login-limit.js';
import { StoreUnavailable } from '../store-unavailable.js';
import { loginRateName } from './key-names.js';
import type { RedisConnection } from './redis-connection.js';

export interface RedisLoginLimitOptions extends LoginLimitOptions {
  readonly redis: RedisConnection;
}

/** Logins counted in Redis, once for every process, in one round trip; none is let through while a server is lost. */
export class RedisLoginLimit implements LoginLimit {
  readonly #options: RedisLoginLimitOptions;

  constructor(options: RedisLoginLimitOptions) {
    this.#options = options;
  }

  async count(address: string, appId: string): Promise<LoginAdmission> {
    const { redis, perAddress, perApp, window } = this.#options;
    // A login writes to several servers of a Cluster. If one of them is lost, its code had better not be spent at Weixin.
    if (!redis.isAlive()) throw new StoreUnavailable('Not every server is there');
    const counts = [
      loginRateName('address', fingerprint('rate-limit', 'login_by_address', address)),
      loginRateName('app', fingerprint('rate-limit', 'login_by_app', appId)),
    ];
    const args = [redis.now(), perAddress, perApp, window].map(String);
    const reply = await redis.run((client) => client.countLogin(counts, args));
    if (reply[0] === 'admitted') {
      const [, ...opened] = reply;
      const takeBack = () => void redis.run((client) => client.takeBackLogin(counts, opened)).catch(() => undefined);
      return { admitted: true, takeBack };
    }
    const limit = reply[0] === 'address' ? 'login_by_address' : 'login_by_app';
    return { admitted: false, limit, retryAfter: Number(reply[1]) };
  }
}
