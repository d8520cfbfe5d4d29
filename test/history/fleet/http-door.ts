import type { FailureCode } from '../../../src/domain/failure.js';
import { remember } from '../../harness/evidence.js';
import { GatewayClient } from '../../harness/gateway-client.js';
import type { Door } from '../crowd.js';
import type { Told } from '../history.js';
import type { Phones, SentData } from '../phones.js';

type Failed = { readonly code: string };

/** A gateway, over HTTP, with the shipped operations. */
export class HttpDoor implements Door {
  readonly name: string;
  readonly #url: string;
  readonly #phones: Phones;

  constructor(name: string, url: string, phones: Phones) {
    this.name = name;
    this.#url = url;
    this.#phones = phones;
  }

  login(code: string, nonce: string | null): Promise<Told> {
    return answered(async () => {
      const login = await new GatewayClient(this.#url).login({ code, ...(nonce !== null && { nonce }) });
      if (login.__typename !== 'LoginSuccess') return refused(login);
      remember('token', login.token);
      return { told: 'login', token: login.token, user: this.#phones.nameOf(login.session.openId) };
    });
  }

  session(token: string): Promise<Told> {
    return answered(async () => {
      const session = await new GatewayClient(this.#url, token).session();
      if (session.__typename !== 'Session') return refused(session);
      return { told: 'session', user: this.#phones.nameOf(session.openId) };
    });
  }

  decrypt(token: string, data: SentData): Promise<Told> {
    return answered(async () => {
      const number = await new GatewayClient(this.#url, token).decryptPhone(data);
      return number.__typename === 'PhoneNumber' ? { told: 'number', number: number.e164 } : refused(number);
    });
  }

  exchange(token: string, code: string): Promise<Told> {
    return answered(async () => {
      const number = await new GatewayClient(this.#url, token).exchangePhoneCode(code);
      return number.__typename === 'PhoneNumber' ? { told: 'number', number: number.e164 } : refused(number);
    });
  }

  logout(token: string, everywhere: boolean): Promise<Told> {
    return answered(async () => {
      const ended = await new GatewayClient(this.#url, token).logout({ everywhere });
      return ended.__typename === 'LogoutSuccess' ? { told: 'ended', sessions: ended.sessionsEnded } : refused(ended);
    });
  }
}

function refused({ code }: Failed): Told {
  return { told: 'refused', code: code as FailureCode };
}

/** Nothing, if the gateway is gone or goes. Any other error is a bug, and fails the test. */
async function answered(ask: () => Promise<Told>): Promise<Told> {
  try {
    return await ask();
  } catch (error) {
    const { message } = error as Error;
    if (!['fetch failed', 'terminated'].includes(message) && !message.includes('"statusCode":503')) throw error;
    return { told: 'nothing' };
  }
}
