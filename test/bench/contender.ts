import { Agent } from 'undici';
import { CONNECTIONS } from './load.js';
import type { MeasuredProcess } from './measured-process.js';
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
  readonly #users: LoggedIn[] = [];

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
   */
  async logIn(users: number): Promise<{ readonly refused: number }> {
    const agent = new Agent({ connections: CONNECTIONS });
    const names = Array.from({ length: users }, (_, i) => `user-${i}`);
    let refused = 0;
    const one = async (): Promise<void> => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        const task = loginTask(this.#pathOf('login'), name);
        const answer = await this.#send(agent, task);
        if (isRight(answer, task)) {
          this.#users.push({ name, token: tokenIn(answer) });
        } else {
          names.push(name);
          if ((refused += 1) > users) throw new Error(`${this.name} answers ${answer}`);
        }
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, one));
    await agent.close();
    return { refused };
  }

  /** Requests made just now: one for every user who is logged in, or this many logins of others. */
  tasks(operation: Operation, logins: number): Task[] {
    const path = this.#pathOf(operation);
    switch (operation) {
      case 'login':
        return Array.from({ length: logins }, (_, i) => loginTask(path, `other-${i}`));
      case 'session':
        return this.#users.map((user) => sessionTask(path, user));
      case 'decryptPhone':
        return this.#users.map((user) => decryptPhoneTask(path, user, false));
      case 'decryptPhoneWithProof':
        return this.#users.map((user) => decryptPhoneTask(path, user, true));
    }
  }

  async #send(agent: Agent, { request }: Task): Promise<string> {
    const { method, path, headers, body } = request;
    const answer = await agent.request({ origin: this.process.url, method, path, headers, body });
    return answer.body.text();
  }
}
