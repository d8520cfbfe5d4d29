import { createHash } from 'node:crypto';
import { unavailable } from '../../domain/failure.js';
import type { QuotaFailure } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota, SYSTEM_BUSY } from './endpoint.js';

/**
 * Source: developers.weixin.qq.com, "checkEncryptedData": phone data of the last three days. It does not cover the iv,
 * which the first sixteen bytes of the closed grammar pin.
 */
export const checkEncryptedData: Endpoint<boolean, QuotaFailure> = {
  path: '/wxa/business/checkencryptedmsg',
  // 1: not found.
  answers: new Map([[1, false]]),
  refusals: new Map<number, QuotaFailure>([
    [SYSTEM_BUSY, unavailable],
    [45011, minuteQuota],
    [45009, dailyQuota],
  ]),
  ours: new Set([40097, 44002]),
  // Production writes `vaild`.
  parse: ({ vaild, valid = vaild }) => (typeof valid === 'boolean' ? valid : undefined),
  unusable: () => unavailable,
};

/** @param encryptedData the bytes; Weixin hashes their Base64 text, of which there is one */
export function checkEncryptedDataRequest(encryptedData: Buffer): WeixinRequest {
  const hash = createHash('sha256').update(encryptedData.toString('base64')).digest('hex');
  return { method: 'POST', path: checkEncryptedData.path, query: {}, body: { encrypted_msg_hash: hash } };
}
