import type { OpenId } from '../../domain/app.js';
import { isJsonObject, type JsonObject } from '../../domain/json-object.js';
import type { PhoneDocument } from '../../domain/phone-number.js';
import type { CloudIdFailure } from '../weixin-api.js';
import type { WeixinRequest } from '../weixin-http.js';
import { errcodeOf, parseJson } from '../weixin-json.js';
import { dailyQuota, type Endpoint, minuteQuota, type Reading, unreadable } from './endpoint.js';
import { parsePhoneInfo } from './phone-info.js';

const invalid: CloudIdFailure = { code: 'CODE_INVALID', origin: 'TAP' };
const refused: Reading<PhoneDocument, CloudIdFailure> = { kind: 'refusal', refusal: invalid };

/**
 * Opens the cloudID of a tap. An answer with errcode 0 may refuse the cloudID inside its item: with an errCode of any
 * spelling, or without data.
 * Source: developers.weixin.qq.com, "Getting open data from the server: cloudID". An item's `json` is documented as text
 * and shown as an object: both are read.
 */
export const getOpenData: Endpoint<PhoneDocument, CloudIdFailure> = {
  path: '/wxa/getopendata',
  refusals: new Map<number, CloudIdFailure>([
    [40097, invalid],
    // The cloudID belongs to another openid.
    [40003, invalid],
    // Invalid, expired, of another user, no phone bound.
    [-601005, invalid],
    [-601006, invalid],
    [-601007, invalid],
    [-601009, invalid],
    [45011, minuteQuota],
    [45009, dailyQuota],
  ]),
  parse({ data_list: list }) {
    if (isAbsent(list)) return refused;
    if (!Array.isArray(list)) return unreadable('data_list is not a list');
    const item: unknown = list[0];
    if (isAbsent(item)) return refused;
    return isJsonObject(item) ? parseItem(item) : unreadable('data_list holds something else than objects');
  },
  refuse: (failure) => failure,
};

export function getOpenDataRequest(cloudId: string, openId: OpenId): WeixinRequest {
  return { method: 'POST', path: getOpenData.path, query: { openid: openId }, body: { cloudid_list: [cloudId] } };
}

function parseItem(item: JsonObject): Reading<PhoneDocument, CloudIdFailure> {
  const json = decoded(item['json']);
  if (isRefusal(item) || isAbsent(json)) return refused;
  if (!isJsonObject(json)) return unreadable('json is not a JSON object');
  if (isRefusal(json) || isAbsent(json['data'])) return refused;
  return parsePhoneInfo(decoded(json['data']), 'data');
}

function isRefusal(of: JsonObject): boolean {
  return (errcodeOf(of) ?? 0) !== 0;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Stands for text that is not JSON, as opposed to no text. */
const NOT_JSON = Symbol('not JSON');

function decoded(json: unknown): unknown {
  if (typeof json !== 'string' || json === '') return json;
  const value = parseJson(json);
  return value === undefined ? NOT_JSON : value;
}
