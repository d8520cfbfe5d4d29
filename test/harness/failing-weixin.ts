import type { ServerResponse } from 'node:http';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';

/** How a Weixin fails. */
export type Failing = 'silent' | 'trickling' | 'resetting' | 'answering 502';

const TRICKLE_EVERY = 50;

/** A Weixin that logs everybody in, and fails as a test wants it to. */
export class FailingWeixin {
  /** The code2Session calls of each app that came while it failed, by `performance.now()`. */
  readonly arrivals: number[] = [];
  readonly #server: ScriptedServer;
  #failing: { readonly how: Failing; readonly appId: string } | undefined;

  private constructor(server: ScriptedServer) {
    this.#server = server;
    server.answer = (response, { url = '' }) => this.#answer(response, new URL(url, server.origin));
  }

  static async start(): Promise<FailingWeixin> {
    return new FailingWeixin(await startScriptedServer());
  }

  get origin(): string {
    return this.#server.origin;
  }

  /** From now on code2Session fails so for this app; everything else works. */
  fail(how: Failing, appId: string): void {
    this.#failing = { how, appId };
    this.arrivals.length = 0;
  }

  work(): void {
    this.#failing = undefined;
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  #answer(response: ServerResponse, { pathname, searchParams: query }: URL): void {
    if (pathname === '/cgi-bin/stable_token') return json(response, { access_token: 'a-token', expires_in: 7200 });
    if (pathname === '/wxa/checksession') return json(response, { errcode: 0 });
    if (query.get('appid') !== this.#failing?.appId) {
      return json(response, { openid: `o-${query.get('js_code') ?? ''}`, session_key: 'tiihtNczf5v6AKRyjwEUhQ==' });
    }
    this.arrivals.push(performance.now());
    switch (this.#failing.how) {
      case 'silent':
        return;
      case 'trickling': {
        const trickle = setInterval(() => response.write(' '), TRICKLE_EVERY);
        response.on('close', () => clearInterval(trickle));
        return;
      }
      case 'resetting':
        return void response.socket?.resetAndDestroy();
      case 'answering 502':
        return void response.writeHead(502).end();
    }
  }
}

function json(response: ServerResponse, body: object): void {
  response.end(JSON.stringify(body));
}
