import type { OpenId } from '../../domain/app.js';
import type { PhoneDocument } from '../../domain/phone-number.js';
import type { TapCodeRefusal } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota } from './endpoint.js';
import { parsePhoneInfo } from './phone-info.js';

/** Source: developers.weixin.qq.com, "phonenumber.getPhoneNumber". */
export const getUserPhoneNumber: Endpoint<PhoneDocument, TapCodeRefusal> = {
  path: '/wxa/business/getuserphonenumber',
  refusals: new Map<number, TapCodeRefusal>([
    [40029, { failure: { code: 'CODE_INVALID', origin: 'TAP' }, codeSpent: 'yes' }],
    [40163, { failure: { code: 'CODE_ALREADY_USED', origin: 'TAP' }, codeSpent: 'yes' }],
    // The openid that went along is not the one who tapped.
    [40003, { failure: { code: 'CODE_INVALID', origin: 'TAP' }, codeSpent: 'yes' }],
    [45011, { failure: minuteQuota, codeSpent: 'no' }],
    [45009, { failure: dailyQuota, codeSpent: 'no' }],
  ]),
  parse: ({ phone_info: info }) => parsePhoneInfo(info, 'phone_info'),
  refuse: (failure, codeSpent) => ({ failure, codeSpent }),
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
