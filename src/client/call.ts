import type { OperationText } from './generated/mini-program.js';
import type { CallFailure, GatewayUnreachable, RequestRejected } from './results.js';
import { type Milliseconds, type Timer, within } from './timing.js';
import type { Wx, WxAnswer } from './wx.js';

/** Sends one operation, once. An empty token is none. */
export type Call = <Data, Variables>(
  operation: OperationText<Data, Variables>,
  variables: Variables,
  token: string,
) => Promise<Data[keyof Data] | CallFailure>;

/** Statuses of whatever stands before the gateway: it is busy, restarting or away, and the request was not refused. */
const AWAY = [429, 502, 503, 504];

interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** An answer of a gateway. What comes over a network need not be one. */
interface Body {
  readonly data?: Readonly<Record<string, { readonly __typename: string } | null>> | null;
  readonly errors?: readonly GraphqlError[];
}

/** Calls over wx.request, each inside the deadline. */
export function createCall(wx: Wx, url: string, deadline: Milliseconds, timer: Timer): Call {
  return <Data, Variables>(query: OperationText<Data, Variables>, variables: Variables, token: string) =>
    within<Data[keyof Data] | CallFailure>(timer, deadline, unreachable('timeout'), (settle) => {
      wx.request({
        url,
        method: 'POST',
        header: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        data: { query, variables },
        timeout: deadline,
        success: (answer) => settle(read(answer) as Data[keyof Data] | CallFailure),
        fail: ({ errMsg = '' }) => settle(unreachable(errMsg)),
      });
    });
}

/** The value of the one field that was asked for, or why there is none. */
function read({ statusCode, data, header }: WxAnswer): { readonly __typename: string } {
  const body = Object(data) as Body;
  const answer = Object.values(body.data || {})[0];
  if (answer && answer.__typename) return answer;
  const error = body.errors && body.errors[0];
  if (!error || AWAY.includes(statusCode))
    return unreachable(`HTTP ${statusCode}`, retryAfter(Object(header) as Record<string, unknown>));
  return rejected(error);
}

function rejected({ message, extensions }: GraphqlError): RequestRejected {
  const { code = 'UNKNOWN', requestId = null } = extensions || {};
  return { __typename: 'RequestRejected', code, message, remedy: 'NONE', retryAfterSeconds: null, requestId };
}

function unreachable(message: string, retryAfterSeconds = 1): GatewayUnreachable {
  return { __typename: 'GatewayUnreachable', code: 'UNREACHABLE', message, remedy: 'RETRY_LATER', retryAfterSeconds };
}

/** The header's seconds, whose name comes as each system writes it. A date counts as absent: a phone's clock may be wrong. */
function retryAfter(header: Readonly<Record<string, unknown>>): number | undefined {
  const name = Object.keys(header).find((key) => /^retry-after$/i.test(key));
  return (name && Number(header[name])) || undefined;
}
