import type { OpenId } from '../../domain/app.js';
import type { PhoneDocument } from '../../domain/phone-number.js';
import type { TapCodeRefusal } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota } from './endpoint.js';
import { parsePhoneInfo } from './phone-info.js';

/**
 * Exchanges the code of the phone button for the phone number.
 * Source: developers.weixin.qq.com, "phonenumber.getPhoneNumber".
 */
export const getUserPhoneNumber: Endpoint<PhoneDocument, TapCodeRefusal> = {
  path: '/wxa/business/getuserphonenumber',
  refusals: new Map<number, TapCodeRefusal>([
    [40029, { failure: { code: 'CODE_INVALID', origin: 'TAP' }, codeSpent: 'yes' }],
    [40163, { failure: { code: 'CODE_ALREADY_USED', origin: 'TAP' }, codeSpent: 'yes' }],
    // The openid sent is not that of the user who tapped.
    [40003, { failure: { code: 'CODE_INVALID', origin: 'TAP' }, codeSpent: 'yes' }],
    [45011, { failure: minuteQuota, codeSpent: 'no' }],
    [45009, { failure: dailyQuota, codeSpent: 'no' }],
  ]),
  parse: ({ phone_info: info }) => parsePhoneInfo(info, 'phone_info'),
  refuse: (failure, codeSpent) => ({ failure, codeSpent }),
};

/** @param openId the user who must have tapped; null: Weixin does not check */
export function getUserPhoneNumberRequest(code: string, openId: OpenId | null): WeixinRequest {
  return {
    method: 'POST',
    path: getUserPhoneNumber.path,
    query: {},
    body: { code, ...(openId !== null && { openid: openId }) },
  };
}
