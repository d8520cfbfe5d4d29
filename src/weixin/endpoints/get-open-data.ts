import type { OpenId } from '../../domain/app.js';
import { unavailable } from '../../domain/failure.js';
import type { PhoneDocument } from '../../domain/phone-number.js';
import type { CloudIdFailure } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { dailyQuota, type Endpoint, minuteQuota, SYSTEM_BUSY } from './endpoint.js';
import { isRecord, parsePhoneInfo } from './phone-info.js';

const invalid: CloudIdFailure = { code: 'CODE_INVALID', origin: 'TAP' };

/**
 * Source: developers.weixin.qq.com, "Getting open data from the server: cloudID". Its `json` is documented as text and
 * shown as an object: both are read.
 */
export const getOpenData: Endpoint<PhoneDocument, CloudIdFailure> = {
  path: '/wxa/getopendata',
  refusals: new Map<number, CloudIdFailure>([
    [SYSTEM_BUSY, unavailable],
    [40097, invalid],
    // The cloudID is not of the openid that went along.
    [40003, invalid],
    [-601006, invalid],
    [45011, minuteQuota],
    [45009, dailyQuota],
  ]),
  parse({ data_list: list }) {
    const item: unknown = Array.isArray(list) ? list[0] : undefined;
    const json = isRecord(item) ? parseJson(item['json']) : undefined;
    return isRecord(json) ? parsePhoneInfo(json['data']) : undefined;
  },
  unusable: () => unavailable,
};

export function getOpenDataRequest(cloudId: string, openId: OpenId): WeixinRequest {
  return { method: 'POST', path: getOpenData.path, query: { openid: openId }, body: { cloudid_list: [cloudId] } };
}

function parseJson(json: unknown): unknown {
  if (typeof json !== 'string') return json;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
