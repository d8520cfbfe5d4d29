import { errcodeOf, isJsonObject, type JsonObject, parseJson } from './weixin-json.js';

/** What came of one request: a JSON object with its errcode (0 if Weixin wrote none), or no answer of use. */
export type WeixinAnswer =
  { readonly kind: 'answer'; readonly errcode: number; readonly body: JsonObject } | LostAnswer | UnreadableAnswer;

/** Nothing came, or a 5xx: Weixin or the way to it fails. `reason` is for the log, and holds nothing of the request. */
export interface LostAnswer {
  readonly kind: 'lost';
  /** Whether Weixin may have acted on the request. */
  readonly sent: boolean;
  readonly reason: string;
}

/**
 * A server answered, but not as Weixin does: a 4xx, a redirect, a page of a proxy. It may be an answer to what one user
 * sent, so it says nothing of Weixin's health.
 */
export interface UnreadableAnswer {
  readonly kind: 'unreadable';
  readonly reason: string;
}

/** Weixin sends JSON as text/plain, and an errcode only on failure: an absent one is 0. */
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
