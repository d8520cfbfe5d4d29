import type { OpenId } from '../../domain/app.js';
import { unavailable } from '../../domain/failure.js';
import type { PhoneDocument } from '../../domain/phone-number.js';
import type { TapCodeRefusal } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota, SYSTEM_BUSY } from './endpoint.js';
import { parsePhoneInfo } from './phone-info.js';

/** Source: developers.weixin.qq.com, "phonenumber.getPhoneNumber". */
export const getUserPhoneNumber: Endpoint<PhoneDocument, TapCodeRefusal> = {
  path: '/wxa/business/getuserphonenumber',
  refusals: new Map<number, TapCodeRefusal>([
    [SYSTEM_BUSY, { failure: unavailable, codeSpent: 'no' }],
    [40029, { failure: { code: 'CODE_INVALID', origin: 'TAP' }, codeSpent: 'yes' }],
    [40163, { failure: { code: 'CODE_ALREADY_USED', origin: 'TAP' }, codeSpent: 'yes' }],
    // The openid that went along is not the one who tapped.
    [40003, { failure: { code: 'CODE_INVALID', origin: 'TAP' }, codeSpent: 'yes' }],
    [45011, { failure: minuteQuota, codeSpent: 'no' }],
    [45009, { failure: dailyQuota, codeSpent: 'no' }],
  ]),
  parse: ({ phone_info: info }) => parsePhoneInfo(info),
  unusable: (sent) => ({ failure: unavailable, codeSpent: sent ? 'unknown' : 'no' }),
};

/** @param openId whom Weixin shall compare with the one who tapped; null: nobody */
export function getUserPhoneNumberRequest(code: string, openId: OpenId | null): WeixinRequest {
  return {
    method: 'POST',
    path: getUserPhoneNumber.path,
    query: {},
    body: { code, ...(openId !== null && { openid: openId }) },
  };
}
