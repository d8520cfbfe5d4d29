/**
 * What most apps run: express 5 with its JSON parser, and the decryption class of Weixin's Node sample as it is copied from
 * app to app: automatic padding, JSON.parse, a look at the appid. The answers have the gateway's shape, so that they can be
 * checked alike. Run as a process of its own; argument: the origin of Weixin.
 */
import { createDecipheriv, randomUUID } from 'node:crypto';
import express from 'express';
import { listening } from '../listening.js';
import { APP_ID, APP_SECRET } from '../people.js';

interface WeixinSession {
  readonly openid: string;
  readonly unionid: string;
  readonly session_key: string;
}

interface PhoneData {
  readonly phoneNumber: string;
  readonly purePhoneNumber: string;
  readonly countryCode: string;
  readonly watermark: { readonly appid: string; readonly timestamp: number };
}

class SampleDecryption {
  constructor(
    readonly appId: string,
    readonly sessionKey: string,
  ) {}

  decryptData(encryptedData: string, iv: string): PhoneData {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(this.sessionKey, 'base64'), Buffer.from(iv, 'base64'));
    decipher.setAutoPadding(true);
    let decoded: PhoneData;
    try {
      const text = decipher.update(Buffer.from(encryptedData, 'base64'), undefined, 'utf8') + decipher.final('utf8');
      decoded = JSON.parse(text) as PhoneData;
    } catch {
      throw new Error('Illegal Buffer');
    }
    if (decoded.watermark.appid !== this.appId) throw new Error('Illegal Buffer');
    return decoded;
  }
}

interface Body {
  readonly variables: {
    readonly input: { readonly code: string; readonly encryptedData: string; readonly iv: string };
  };
}

const origin = process.argv[2] ?? '';
const sessions = new Map<string, WeixinSession & { readonly createdAt: number }>();
const app = express();
app.use(express.json());

app.post('/login', async (request, response) => {
  const { code } = (request.body as Body).variables.input;
  const query = new URLSearchParams({
    appid: APP_ID,
    secret: APP_SECRET,
    js_code: code,
    grant_type: 'authorization_code',
  });
  const session = (await (await fetch(`${origin}/sns/jscode2session?${query.toString()}`)).json()) as WeixinSession;
  const token = randomUUID();
  const createdAt = Date.now();
  sessions.set(token, { ...session, createdAt });
  response.json({ data: { login: { __typename: 'LoginSuccess', token, session: shown({ ...session, createdAt }) } } });
});

app.post('/session', (request, response) => {
  const session = sessions.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
  response.json({ data: { session: { __typename: 'Session', ...(session && shown(session)) } } });
});

app.post('/decryptPhone', (request, response) => {
  const session = sessions.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
  const { encryptedData, iv } = (request.body as Body).variables.input;
  const data = new SampleDecryption(APP_ID, session?.session_key ?? '').decryptData(encryptedData, iv);
  const { phoneNumber, purePhoneNumber, countryCode, watermark } = data;
  response.json({
    data: {
      decryptPhone: {
        __typename: 'PhoneNumber',
        phoneNumber,
        purePhoneNumber,
        countryCode,
        e164: `+${countryCode}${purePhoneNumber}`,
        watermark: { appId: watermark.appid, timestamp: watermark.timestamp },
      },
    },
  });
});

listening(app);

function shown({ openid, unionid, createdAt }: WeixinSession & { readonly createdAt: number }): object {
  return {
    appId: APP_ID,
    openId: openid,
    unionId: unionid,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(createdAt + 604_800_000).toISOString(),
  };
}
