/**
 * A Weixin that answers jscode2session at once, for any code: the simulator remembers users and codes, and would be part of
 * what is measured. Run as a process of its own.
 */
import { personOfCode } from './people.js';
import { listening } from './listening.js';

listening((request, response) => {
  const code = new URL(request.url ?? '/', 'http://weixin').searchParams.get('js_code') ?? '';
  const { openId, unionId, sessionKey } = personOfCode(code);
  const text = JSON.stringify({ openid: openId, unionid: unionId, session_key: sessionKey });
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': text.length }).end(text);
});
