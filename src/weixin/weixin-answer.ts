import { isJsonObject, type JsonObject } from '../domain/json-object.js';
import { errcodeOf, parseJson } from './weixin-json.js';

/** Outcome of one request: a JSON object with its errcode (0 if Weixin wrote none), or no usable answer. */
export type WeixinAnswer =
  { readonly kind: 'answer'; readonly errcode: number; readonly body: JsonObject } | LostAnswer | UnreadableAnswer;

/** No answer, or a 5xx: Weixin or the network fails. `reason` is for the log and quotes nothing of the request. */
export interface LostAnswer {
  readonly kind: 'lost';
  /** Whether Weixin may have acted on the request. */
  readonly sent: boolean;
  readonly reason: string;
}

/**
 * An answer that is not one of Weixin's API: a 4xx, a redirect, a proxy's page. It may depend on one user's input, so
 * it does not count as an outage.
 */
export interface UnreadableAnswer {
  readonly kind: 'unreadable';
  readonly reason: string;
}

/** Parses an answer. Weixin sends JSON as text/plain, and an errcode only on failure: a missing one is 0. */
export function parseAnswer(status: number, text: string): WeixinAnswer {
  if (status >= 500) return { kind: 'lost', sent: true, reason: `status ${status}` };
  if (status !== 200) return unreadable(`status ${status}`);
  const body = parseJson(text);
  if (body === undefined) return unreadable('not JSON');
  if (!isJsonObject(body)) return unreadable('not a JSON object');
  const errcode = errcodeOf(body) ?? 0;
  if (Number.isNaN(errcode)) return unreadable('errcode is not a whole number');
  return { kind: 'answer', errcode, body };
}

function unreadable(reason: string): UnreadableAnswer {
  return { kind: 'unreadable', reason };
}
