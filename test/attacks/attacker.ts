import type { WeixinWorld } from '../../src/simulator/weixin-world.js';
import type { ManualClock } from '../harness/manual-clock.js';
import { KnownDocument } from './blocks.js';

export const ATTACKER = 'mallory';
const OWN_NUMBER = '13500000001';

/**
 * A logged-in user with a phone, which is all that an attacker of these tests has besides a connection to the server.
 */
export class Attacker {
  readonly #world: WeixinWorld;
  readonly #clock: ManualClock;
  readonly appId: string;
  readonly openId: string;
  readonly #unionId: string;

  constructor(world: WeixinWorld, clock: ManualClock, user: { appId: string; openId: string; unionId: string }) {
    this.#world = world;
    this.#clock = clock;
    this.appId = user.appId;
    this.openId = user.openId;
    this.#unionId = user.unionId;
  }

  get ownNumber(): string {
    return OWN_NUMBER;
  }

  /** A tap on the button. */
  tap(): KnownDocument {
    const numbers = { phoneNumber: OWN_NUMBER, purePhoneNumber: OWN_NUMBER, countryCode: '86' };
    const text = JSON.stringify({ ...numbers, watermark: this.#watermark() });
    return new KnownDocument(this.#world.tap(this.appId, ATTACKER, numbers), text);
  }

  /** The user info, with a nickname of the attacker's choice. */
  userInfo(nickName: string): KnownDocument {
    const text = JSON.stringify({
      openId: this.openId,
      nickName,
      gender: 0,
      unionId: this.#unionId,
      watermark: this.#watermark(),
    });
    return new KnownDocument(this.#world.userInfo(this.appId, ATTACKER, nickName), text);
  }

  #watermark(): { timestamp: number; appid: string } {
    return { timestamp: Math.floor(this.#clock.now() / 1000), appid: this.appId };
  }
}
