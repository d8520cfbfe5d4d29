/**
 * As much of the Mini Program's `wx` as the client calls. The global `wx` fits, and so does a stand-in that a test or a
 * browser has, or the object of Taro or uni-app: a function may return a promise of the same as well as calling back, or
 * instead. A promise of nothing counts as none. https://developers.weixin.qq.com/miniprogram/dev/api/
 */
export interface Wx {
  /** `timeout` in milliseconds. */
  login(options: {
    timeout: number;
    success: (result: { code: string }) => void;
    fail: (error: WxFailure) => void;
  }): unknown;
  /** Success: the session key of the last wx.login on this device is still good. */
  checkSession(options: { success: (result: { errMsg?: string }) => void; fail: (error: WxFailure) => void }): unknown;
  /** `timeout` in milliseconds. `data` in an answer is parsed JSON where it is JSON, text otherwise. */
  request(options: WxRequest): unknown;
  /** An empty text where nothing is kept; may throw. */
  getStorageSync(key: string): unknown;
  /** May throw: ten megabytes are the limit of a Mini Program. */
  setStorageSync(key: string, value: string): void;
}

export interface WxRequest {
  url: string;
  method: 'POST';
  header: Record<string, string>;
  data: Record<string, unknown>;
  timeout: number;
  success: (answer: WxAnswer) => void;
  fail: (error: WxFailure) => void;
}

export interface WxAnswer {
  statusCode: number;
  data: unknown;
  header: Record<string, unknown>;
}

export interface WxFailure {
  errMsg?: string;
  errno?: number;
}
