import { readFile } from 'node:fs/promises';
import type { App } from '../domain/app.js';
import type { Milliseconds } from '../domain/clock.js';
import { Deadline } from '../domain/deadline.js';
import { unavailable } from '../domain/failure.js';
import type { Log } from '../domain/log.js';
import { fail, type Result, succeed } from '../domain/result.js';
import type { TokenSource } from './credentials.js';
import type { Endpoint } from './endpoints/endpoint.js';
import type { IssuedToken } from './endpoints/stable-token.js';
import { tokenAnswer } from './endpoints/token-answer.js';
import type { GuardedWeixin } from './guarded-weixin.js';
import { type QuotaFailure, TokensUnusable } from './weixin-api.js';

/** A header field (RFC 9110 section 5). */
const HEADER = /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}):[ \t]*([\x20-\x7e]{1,4000}?)[ \t]*\r?\n?$/;

export interface TokenServerOptions {
  /** The variable with its URL. */
  readonly name: 'WEIXIN_TOKEN_URL' | 'WEIXIN_COMPONENT_TOKEN_URL';
  /** `{appid}` in it is replaced. */
  readonly url: string;
  /** File with a header for each request; undefined: none. */
  readonly headerFile: string | undefined;
  /** Calls the origin of the URL. */
  readonly line: GuardedWeixin;
  /** Deadline for a token. */
  readonly timeout: Milliseconds;
  readonly log: Log;
}

/** A server of the operator's that hands out Weixin's tokens. */
export class TokenServer implements TokenSource {
  readonly canForce = false;
  readonly #options: TokenServerOptions;
  readonly #endpoint: Endpoint<IssuedToken, QuotaFailure>;

  constructor(options: TokenServerOptions) {
    this.#options = options;
    this.#endpoint = tokenAnswer(options.name);
  }

  get name(): string {
    return this.#options.name;
  }

  /** @throws TokensUnusable for an answer that is no token */
  async fetch({ appId }: App): Promise<Result<IssuedToken, QuotaFailure>> {
    const { name, url, line, timeout, log } = this.#options;
    const { pathname, search } = new URL(url.replaceAll('{appid}', encodeURIComponent(appId)));
    const headers = await this.#headers(appId);
    const reply = await line.call({
      endpoint: this.#endpoint,
      appId,
      request: { method: 'GET', path: pathname + search, headers },
      deadline: new Deadline(timeout),
    });
    switch (reply.kind) {
      case 'value':
        return succeed(reply.value);
      case 'errcode':
        throw new TokensUnusable(name, appId, `errcode ${reply.errcode} in the answer`);
      case 'unreadable':
        throw new TokensUnusable(name, appId, reply.reason);
      case 'lost':
        log.warn({ endpoint: name, appId, reason: reply.reason }, 'the server of tokens did not answer');
        return fail(unavailable);
      case 'refusal':
      case 'busy':
      case 'not made':
        return fail(unavailable);
    }
  }

  async #headers(appId: string): Promise<Record<string, string>> {
    const { headerFile } = this.#options;
    if (headerFile === undefined) return {};
    const text = await readFile(headerFile, 'utf8').catch(() => '');
    const [, field, value] = HEADER.exec(text) ?? [];
    if (field !== undefined && value !== undefined) return { [field]: value };
    throw new TokensUnusable('WEIXIN_TOKEN_HEADER_FILE', appId, 'the file has no line of the form name: value');
  }
}
