/** An answer of Weixin's: a JSON object with its errcode (0 where Weixin wrote none), or none that is of use. */
export type WeixinAnswer =
  { readonly kind: 'answer'; readonly errcode: number; readonly body: Readonly<Record<string, unknown>> } | LostAnswer;

/** `sent`: whether Weixin may have acted on the request. `reason` is for the log, and holds nothing of the request. */
export interface LostAnswer {
  readonly kind: 'lost';
  readonly sent: boolean;
  readonly reason: string;
}

/** Weixin sends JSON as text/plain, and an errcode only on failure: an absent one is 0. */
export function parseAnswer(status: number, text: string): WeixinAnswer {
  if (status !== 200) return lost(`status ${status}`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return lost('not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return lost('not a JSON object');
  const { errcode = 0 } = body as { errcode?: unknown };
  if (!Number.isSafeInteger(errcode)) return lost('errcode is not a whole number');
  return { kind: 'answer', errcode: errcode as number, body: body as Record<string, unknown> };
}

function lost(reason: string): LostAnswer {
  return { kind: 'lost', sent: true, reason };
}
