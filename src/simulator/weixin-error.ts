import { randomBytes } from 'node:crypto';

/** Error answer of Weixin's API, sent with HTTP status 200. */
export interface WeixinError {
  readonly errcode: number;
  readonly errmsg: string;
}

export function weixinError(errcode: number, errmsg: string): WeixinError {
  return { errcode, errmsg: `${errmsg}, rid: ${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}` };
}
