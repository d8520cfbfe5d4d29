import { askWx, type Outcome, type Patience } from './ask-wx.js';
import { readBody } from './body.js';
import { member, numberOf, textOf } from './foreign-value.js';
import type { OperationText } from './generated/mini-program.js';
import type { CallFailure, GatewayUnreachable, RequestRejected } from './results.js';
import type { Wx } from './wx.js';

/** Sends one operation, once. An empty token is none. */
export type Call = <Data, Variables>(
  operation: OperationText<Data, Variables>,
  variables: Variables,
  token: string,
) => Promise<Data[keyof Data] | CallFailure>;

/** Statuses from whatever stands before the gateway: it is busy, restarting or away, and the request was not refused. */
const AWAY = [429, 502, 503, 504];

/** wx.request refuses the address before anything is sent. errno 600002 says the same as the first wording. */
const ADDRESS_REFUSED = /not in (the )?(\w+ )?domain|合法域名|invalid url/i;
const NOT_IN_DOMAIN_LIST = 600002;
const ADDRESS_HINT = 'A Mini Program may call only https hosts that mp.weixin.qq.com lists for it (request 合法域名).';

/** Calls over wx.request, each inside the deadline. */
export function createCall(wx: Wx, url: string, patience: Patience): Call {
  return async <Data, Variables>(query: OperationText<Data, Variables>, variables: Variables, token: string) => {
    const header: Record<string, string> = { 'content-type': 'application/json' };
    if (token) header['authorization'] = `Bearer ${token}`;
    const data = { query, variables };
    const outcome = await askWx(patience, ({ success, fail }) =>
      wx.request({ url, method: 'POST', header, data, timeout: patience.timeoutMs, success, fail }),
    );
    return (outcome.ok ? read(outcome.value) : notSent(outcome)) as Data[keyof Data] | CallFailure;
  };
}

/** The value of the one field that was asked for, or why there is none. */
function read(answer: unknown): unknown {
  const status = numberOf(answer, 'statusCode');
  const body = readBody(member(answer, 'data'));
  const result = Object.values(Object(member(body, 'data')) as object)[0] as unknown;
  if (textOf(result, '__typename')) return result;
  const error = member(member(body, 'errors'), '0');
  if (!error || AWAY.includes(status)) return unreachable(`HTTP ${status}`, retryAfter(member(answer, 'header')));
  return rejected(error);
}

function rejected(error: unknown): RequestRejected {
  const extensions = member(error, 'extensions');
  return {
    __typename: 'RequestRejected',
    code: textOf(extensions, 'code') || 'UNKNOWN',
    message: textOf(error, 'message'),
    remedy: 'NONE',
    retryAfterSeconds: null,
    requestId: textOf(extensions, 'requestId') || null,
  };
}

function notSent({ errMsg, errno }: Outcome & { ok: false }): GatewayUnreachable {
  const isRefused = errno === NOT_IN_DOMAIN_LIST || ADDRESS_REFUSED.test(errMsg);
  return isRefused ? unreachable(`${errMsg}. ${ADDRESS_HINT}`, null) : unreachable(errMsg);
}

/** @param retryAfterSeconds null if waiting does not help */
function unreachable(message: string, retryAfterSeconds: number | null = 1): GatewayUnreachable {
  const remedy = retryAfterSeconds === null ? 'NONE' : 'RETRY_LATER';
  return { __typename: 'GatewayUnreachable', code: 'UNREACHABLE', message, remedy, retryAfterSeconds };
}

/** The header's seconds, whose name comes as each system writes it. A date counts as absent: a phone's clock may be wrong. */
function retryAfter(header: unknown): number | undefined {
  const name = Object.keys(Object(header) as object).find((key) => /^retry-after$/i.test(key)) || '';
  const seconds = Number(member(header, name));
  return seconds > 0 && seconds < Infinity ? seconds : undefined;
}
