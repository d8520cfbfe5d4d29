import { readFile } from 'node:fs/promises';
import type { App } from '../domain/app.js';
import { succeed } from '../domain/result.js';
import { Secret } from '../domain/secret.js';
import type { Credentials, TokenResult } from './credentials.js';
import { ACCESS_TOKEN } from './endpoints/stable-token.js';
import { TokensUnusable } from './weixin-api.js';

/**
 * The token of Weixin Cloud Run. The platform writes it into a file anew every 10 minutes, and it lives for 30; so the
 * file is read for each call.
 * Source: developers.weixin.qq.com, "Cloud Run: calling open APIs with a token".
 */
export class CloudTokenFile implements Credentials {
  readonly parameter = 'cloudbase_access_token';
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async get({ appId }: App): Promise<TokenResult> {
    const text = await readFile(this.#path, 'utf8').catch(() => undefined);
    if (text === undefined) throw new TokensUnusable('WEIXIN_CLOUD_TOKEN_FILE', appId, 'the file cannot be read');
    const token = text.trim();
    if (!ACCESS_TOKEN.test(token)) throw new TokensUnusable('WEIXIN_CLOUD_TOKEN_FILE', appId, 'the file has no token');
    return succeed(new Secret(token));
  }

  async replace(app: App, rejected: Secret): Promise<TokenResult | undefined> {
    const read = await this.get(app);
    return read.ok && read.value.reveal() === rejected.reveal() ? undefined : read;
  }
}
