import type { AppId } from './app.js';
import type { Instant } from './clock.js';
import type { Secret } from './secret.js';

/** An access token of Weixin's server API, and when it ends. */
export interface HeldToken {
  readonly token: Secret;
  readonly endsAt: Instant;
}

/** Where instances share access tokens. It may throw; then each instance fetches its own. */
export interface SharedTokens {
  find(appId: AppId): Promise<HeldToken | undefined>;
  share(appId: AppId, token: Secret, endsAt: Instant): Promise<void>;
}
