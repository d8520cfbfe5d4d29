import type { AppId } from './app.js';
import type { Instant } from './clock.js';
import type { Secret } from './secret.js';

/** An access token of Weixin's server API, and when it expires. */
export interface HeldToken {
  readonly token: Secret;
  readonly endsAt: Instant;
}

/** Store in which instances share access tokens. If it throws, each instance fetches its own token. */
export interface SharedTokens {
  find(appId: AppId): Promise<HeldToken | undefined>;
  share(appId: AppId, token: Secret, endsAt: Instant): Promise<void>;
}
