import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Milliseconds } from '../../../src/domain/clock.js';
import { CODE_2_SESSION, GET_USER_PHONE_NUMBER, STABLE_TOKEN } from '../../../src/simulator/named-faults.js';
import { weixinError } from '../../../src/simulator/weixin-error.js';
import type { WeixinWorld } from '../../../src/simulator/weixin-world.js';
import { type ScriptedServer, startScriptedServer } from '../../harness/scripted-server.js';
import type { Phones } from '../phones.js';
import type { OpenCall, Recorder } from '../recorder.js';
import type { Seeded } from '../seeded.js';

/** How often an answer comes at once, comes late, is -1, or is lost after Weixin acted. */
const FATES = { answered: 20, late: 3, busy: 1, lost: 1 };
const LATE: Milliseconds = 800;

export type Fates = Readonly<Record<keyof typeof FATES, number>>;

export interface RecordedWeixinOptions {
  readonly world: WeixinWorld;
  readonly phones: Phones;
  readonly recorder: Recorder;
  readonly seeded: Seeded;
  /** How often an answer meets which fate; by default most come at once. */
  readonly fates?: Fates | undefined;
}

/** Weixin's server API, which records every code that reaches it, and fails by a seed. */
export class RecordedWeixin {
  readonly #server: ScriptedServer;
  readonly #options: RecordedWeixinOptions;

  private constructor(server: ScriptedServer, options: RecordedWeixinOptions) {
    this.#server = server;
    this.#options = options;
    server.answer = (response, request) => {
      // What fails here leaves a gateway without an answer, and the test says so.
      this.#answer(response, request).then(
        (answer) => answer && response.end(JSON.stringify(answer)),
        () => response.destroy(),
      );
    };
  }

  static async start(options: RecordedWeixinOptions): Promise<RecordedWeixin> {
    return new RecordedWeixin(await startScriptedServer(), options);
  }

  get origin(): string {
    return this.#server.origin;
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async #answer(response: ServerResponse, request: IncomingMessage): Promise<object | undefined> {
    const { world } = this.#options;
    const { pathname, searchParams } = new URL(request.url ?? '', this.#server.origin);
    const query = (name: string) => searchParams.get(name) ?? '';
    const body = await bodyOf(request);
    switch (pathname) {
      case STABLE_TOKEN:
        return world.tokens.issue(body['appid'], body['secret'], body['force_refresh'] === true);
      case CODE_2_SESSION:
        return this.#spend('login', query('js_code'), response, (call) => {
          const answer = world.code2Session(query('appid'), query('secret'), query('js_code'));
          if ('errcode' in answer) call.outcome = answer.errcode === 45011 ? 'not used' : 'refused';
          else call.key = this.#options.phones.keyNumber(answer.session_key);
          return answer;
        });
      case GET_USER_PHONE_NUMBER: {
        const appId = world.tokens.appOf(query('access_token'));
        if (typeof appId !== 'string') return appId;
        return this.#spend('tap', String(body['code']), response, (call) => {
          const answer = world.taps.phoneNumber(appId, String(body['code']), String(body['openid']));
          if (!('phone_info' in answer)) call.outcome = 'not used';
          return answer;
        });
      }
      default:
        return weixinError(40066, 'invalid url');
    }
  }

  /** The answer; undefined if it is lost, and the connection with it. */
  async #spend(
    kind: 'login' | 'tap',
    code: string,
    response: ServerResponse,
    act: (call: OpenCall) => object,
  ): Promise<object | undefined> {
    const { recorder, seeded, fates = FATES } = this.#options;
    const fate = seeded.weighted(fates);
    const call = recorder.arrives(kind, code);
    if (fate === 'busy') {
      call.outcome = 'not used';
      return weixinError(-1, 'system error');
    }
    const answer = act(call);
    if (fate === 'late') await delay(seeded.below(LATE));
    if (fate === 'lost') {
      response.destroy();
      return undefined;
    }
    if (call.outcome === 'lost' && !response.destroyed) call.outcome = 'answered';
    return answer;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
