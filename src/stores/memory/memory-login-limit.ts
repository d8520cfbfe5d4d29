import type { Clock } from '../../domain/clock.js';
import type { LoginAdmission, LoginLimit, LoginLimitOptions } from '../login-limit.js';
import { MemoryRateLimit } from './memory-rate-limit.js';

export interface MemoryLoginLimitOptions extends LoginLimitOptions {
  readonly clock: Clock;
  /** Addresses, and apps, that are counted at a time. */
  readonly max: number;
}

/** Logins counted in this process. */
export class MemoryLoginLimit implements LoginLimit {
  readonly #byAddress: MemoryRateLimit;
  readonly #byApp: MemoryRateLimit;

  constructor({ perAddress, perApp, ...options }: MemoryLoginLimitOptions) {
    this.#byAddress = new MemoryRateLimit({ ...options, name: 'login_by_address', limit: perAddress });
    this.#byApp = new MemoryRateLimit({ ...options, name: 'login_by_app', limit: perApp });
  }

  async count(address: string, appId: string): Promise<LoginAdmission> {
    const byAddress = await this.#byAddress.count(address);
    if (!byAddress.admitted) return { ...byAddress, limit: 'login_by_address' };
    const byApp = await this.#byApp.count(appId);
    if (!byApp.admitted) return { ...byApp, limit: 'login_by_app' };
    const takeBacks = [this.#byAddress.takeBack(address), this.#byApp.takeBack(appId)];
    return { admitted: true, takeBack: () => takeBacks.forEach((takeBack) => takeBack()) };
  }
}
