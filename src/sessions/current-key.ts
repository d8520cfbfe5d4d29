import { type User, userKey } from '../domain/app.js';
import type { Deadline } from '../domain/deadline.js';
import type { Metrics } from '../domain/metrics.js';
import type { Result } from '../domain/result.js';
import type { SessionKey } from '../domain/session-key.js';
import type { RateLimit } from '../stores/rate-limit.js';
import type { QuotaFailure, WeixinApi } from '../weixin/weixin-api.js';
import { admit } from './admission.js';

export interface CurrentKeyOptions {
  readonly weixin: WeixinApi;
  readonly limits: { readonly weixinByUser: RateLimit };
  readonly metrics: Metrics;
}

/** Asks Weixin whether this is still the user's session key. Counts against the user's limit of calls. */
export async function isCurrentKey(
  { weixin, limits, metrics }: CurrentKeyOptions,
  user: User,
  key: SessionKey,
  deadline: Deadline,
): Promise<Result<boolean, QuotaFailure>> {
  const admitted = await admit(limits.weixinByUser, userKey(user), metrics);
  return admitted.ok ? weixin.isSessionKeyCurrent(user.appId, user.openId, key, deadline) : admitted;
}
