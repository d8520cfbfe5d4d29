import type { Services } from '../../../src/app/services.js';
import type { App, OpenId } from '../../../src/domain/app.js';
import type { Failure } from '../../../src/domain/failure.js';
import type { PhoneNumber } from '../../../src/domain/phone-number.js';
import type { Result } from '../../../src/domain/result.js';
import type { Session } from '../../../src/domain/session.js';
import { clientAddress } from '../../harness/session-service.js';
import type { Door } from '../crowd.js';
import type { Told } from '../history.js';
import type { Phones, SentData } from '../phones.js';

/** A gateway without HTTP and GraphQL: its services, called as the resolvers call them. */
export class SimulatedGateway implements Door {
  readonly name: string;
  readonly #services: Services;
  readonly #app: App;
  readonly #phones: Phones;

  constructor(name: string, services: Services, app: App, phones: Phones) {
    this.name = name;
    this.#services = services;
    this.#app = app;
    this.#phones = phones;
  }

  async login(code: string, nonce: string | null): Promise<Told> {
    const request = { app: this.#app, code, nonce, clientAddress: clientAddress('203.0.113.7') };
    const login = await this.#services.sessions.login(request);
    if (!login.ok) return refused(login.failure);
    return { told: 'login', token: login.value.token, user: this.#phones.nameOf(login.value.session.openId) };
  }

  async session(token: string): Promise<Told> {
    const session = await this.#services.sessions.authenticate(token);
    if (!session.ok) return refused(session.failure);
    return { told: 'session', user: this.#phones.nameOf(session.value.openId) };
  }

  decrypt(token: string, { encryptedData, iv }: SentData): Promise<Told> {
    const data = { encryptedData: Buffer.from(encryptedData, 'base64'), iv: Buffer.from(iv, 'base64') };
    return this.#number(token, (session) => this.#services.phones.decrypt(session, data));
  }

  exchange(token: string, code: string): Promise<Told> {
    return this.#number(token, (session) => this.#services.phones.exchange(session, code));
  }

  async logout(token: string, everywhere: boolean): Promise<Told> {
    return ended(await this.#services.sessions.logout(token, everywhere));
  }

  async endSessions(user: string): Promise<Told> {
    const openId = this.#phones.openIdOf(user) as OpenId;
    return ended(await this.#services.sessions.endSessions({ appId: this.#app.appId, openId }));
  }

  async #number(token: string, find: (session: Session) => Promise<Result<PhoneNumber, Failure>>): Promise<Told> {
    const session = await this.#services.sessions.authenticate(token);
    if (!session.ok) return refused(session.failure);
    const number = await find(session.value);
    return number.ok ? { told: 'number', number: number.value.e164 } : refused(number.failure);
  }
}

function ended(result: Result<number, Failure>): Told {
  return result.ok ? { told: 'ended', sessions: result.value } : refused(result.failure);
}

function refused({ code }: Failure): Told {
  return { told: 'refused', code };
}
