import { Agent } from 'undici';
import { CONNECTIONS } from './load.js';
import type { MeasuredProcess } from './measured-process.js';
import { APP_ID } from './people.js';
import {
  decryptPhoneTask,
  isRight,
  type LoggedIn,
  loginTask,
  type Operation,
  OPERATIONS,
  sessionTask,
  type Task,
  tokenIn,
} from './operations.js';

/** A server in the comparison, with the users who are logged in at it. */
export class Contender {
  readonly name: string;
  readonly process: MeasuredProcess;
  /** What it is measured at. */
  readonly operations: readonly Operation[];
  readonly #pathOf: (operation: Operation) => string;
  #users: LoggedIn[] = [];

  constructor(
    name: string,
    process: MeasuredProcess,
    {
      pathOf = () => '/graphql',
      operations = OPERATIONS,
    }: { readonly pathOf?: (operation: Operation) => string; readonly operations?: readonly Operation[] } = {},
  ) {
    this.name = name;
    this.process = process;
    this.operations = operations;
    this.#pathOf = pathOf;
  }

  /**
   * Logs this many users in, whose sessions the other operations take in turn. A server that is cold may refuse some at
   * first: they try again, and are counted.
   *
   * @param appIds the Mini Programs that they use, in turn
   * @param key which of their session keys Weixin gives them
   */
  async logIn(users: number, appIds: readonly string[] = [APP_ID], key = 0): Promise<{ readonly refused: number }> {
    this.#users = [];
    const agent = new Agent({ connections: CONNECTIONS });
    const numbers = Array.from({ length: users }, (_, i) => i);
    let refused = 0;
    const one = async (): Promise<void> => {
      for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
        const name = `user-${number}`;
        const appId = appIds[number % appIds.length] ?? APP_ID;
        const task = loginTask(this.#pathOf('login'), name, appId, key);
        const answer = await this.#send(agent, task);
        if (isRight(answer, task)) {
          this.#users.push({ name, token: tokenIn(answer), appId, key });
        } else {
          numbers.push(number);
          if ((refused += 1) > users) throw new Error(`${this.name} answers ${answer}`);
        }
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, one));
    await agent.close();
    return { refused };
  }

  /** Requests made just now: one for every user who is logged in, or for some of them, or this many logins of others. */
  tasks(operation: Operation, logins: number, some = this.#users.length): Task[] {
    const step = Math.max(1, Math.floor(this.#users.length / some));
    const users = this.#users.filter((_, i) => i % step === 0);
    const path = this.#pathOf(operation);
    switch (operation) {
      case 'login':
        return Array.from({ length: logins }, (_, i) => loginTask(path, `other-${i}`));
      case 'session':
        return users.map((user) => sessionTask(path, user));
      case 'decryptPhone':
        return users.map((user) => decryptPhoneTask(path, user, false));
      case 'decryptPhoneWithProof':
        return users.map((user) => decryptPhoneTask(path, user, true));
    }
  }

  async #send(agent: Agent, { request }: Task): Promise<string> {
    const { method, path, headers, body } = request;
    const answer = await agent.request({ origin: this.process.url, method, path, headers, body });
    return answer.body.text();
  }
}
