/** Bytes: a gateway's answer is far shorter, so anything longer comes from elsewhere. */
const LONGEST_BODY = 100_000;

/**
 * The body of an answer as JSON; undefined if it is none. wx.request parses JSON by itself, but hands over text or bytes if
 * a wrapper or an interceptor asks for them.
 */
export function readBody(data: unknown): unknown {
  try {
    // By its tag: what comes from another JavaScript realm is no instance of this one's ArrayBuffer.
    const isBinary = /ArrayBuffer|Uint8Array/.test(Object.prototype.toString.call(data));
    const text = isBinary ? decodeUtf8(new Uint8Array(data as ArrayBuffer)) : data;
    return typeof text === 'string' ? JSON.parse(text.replace(/^\uFEFF/, '')) : text;
  } catch {
    return undefined;
  }
}

/** Weixin's older engines have no TextDecoder. */
function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.length > LONGEST_BODY) return '';
  return decodeURIComponent(Array.from(bytes, (byte) => `%${(byte + 256).toString(16).slice(1)}`).join(''));
}
