import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Milliseconds } from '../domain/clock.js';
import { parseAnswer, type WeixinAnswer } from './weixin-answer.js';

/** undici's error code for an answer longer than `maxResponseSize`. */
const TOO_LONG = 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

/**
 * Reads the answer to one request and settles once: with the answer, with the failure, or at the deadline, when it also
 * closes the connection. It uses a timer, because an AbortSignal costs noticeably more processor time per request.
 */
export class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #settle: (answer: WeixinAnswer) => void;
  readonly #onDate: ((date: string) => void) | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #isSettled = false;
  #status = 0;

  /**
   * @param left time from now, including the wait for a connection
   * @param onDate told the Date header
   */
  constructor(left: Milliseconds, settle: (answer: WeixinAnswer) => void, onDate?: (date: string) => void) {
    this.#settle = settle;
    this.#onDate = onDate;
    this.#timer = setTimeout(() => this.#giveUp(), left);
  }

  /** Called right before the first byte goes out: a request that fails earlier has not reached Weixin. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isSettled) controller.abort(new Error('too late to send'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    if (typeof headers.date === 'string') this.#onDate?.(headers.date);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    const bytes = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
    this.#end(parseAnswer(this.#status, bytes.toString('utf8')));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const reason = errorCode(error);
    if (reason === TOO_LONG && this.#status < 500) this.#end({ kind: 'unreadable', reason });
    else this.#lose(reason);
  }

  #giveUp(): void {
    this.#lose('no answer in time');
    this.#controller?.abort(new Error('no answer in time'));
  }

  #lose(reason: string): void {
    this.#end({ kind: 'lost', sent: this.#controller !== undefined, reason });
  }

  #end(answer: WeixinAnswer): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#settle(answer);
  }
}

/** undici's message if a proxy answers CONNECT with another status than 200. */
const REFUSED_BY_PROXY = /^Proxy response \((\d{3})\) !== 200/;

/**
 * The first stable error code in the chain of causes, or the status with which a proxy refuses. Other messages are not
 * used: they may quote the request.
 */
function errorCode(error: unknown): string {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    const { code, message } = cause as { code?: unknown; message?: unknown };
    const status = typeof message === 'string' ? REFUSED_BY_PROXY.exec(message)?.[1] : undefined;
    if (status !== undefined) return `proxy status ${status}`;
    if (typeof code === 'string') return code;
  }
  return 'unknown';
}
