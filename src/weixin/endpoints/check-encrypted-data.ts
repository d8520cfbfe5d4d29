import { createHash } from 'node:crypto';
import type { QuotaFailure } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota, read, unreadable } from './endpoint.js';

/**
 * Whether Weixin issued this phone data within the last three days. The iv is not covered; the closed grammar pins it
 * through the document's first sixteen bytes.
 * Source: developers.weixin.qq.com, "checkEncryptedData".
 */
export const checkEncryptedData: Endpoint<boolean, QuotaFailure> = {
  path: '/wxa/business/checkencryptedmsg',
  // 1: not found.
  answers: new Map([[1, false]]),
  refusals: new Map<number, QuotaFailure>([
    [45011, minuteQuota],
    [45009, dailyQuota],
  ]),
  // Production writes `vaild`.
  parse: ({ vaild, valid = vaild }) =>
    typeof valid === 'boolean' ? read(valid) : unreadable('vaild is not true or false'),
  refuse: (failure) => failure,
};

/** @param encryptedData the bytes; Weixin hashes their canonical Base64 text */
export function checkEncryptedDataRequest(encryptedData: Buffer): WeixinRequest {
  const hash = createHash('sha256').update(encryptedData.toString('base64')).digest('hex');
  return { method: 'POST', path: checkEncryptedData.path, query: {}, body: { encrypted_msg_hash: hash } };
}
