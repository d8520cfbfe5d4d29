import { CryptoService } from '../../src/crypto/crypto-service.js';
import { unavailable } from '../../src/domain/failure.js';
import { noMetrics } from '../../src/domain/metrics.js';
import type { Session } from '../../src/domain/session.js';
import { GrammarWatch } from '../../src/phones/grammar-watch.js';
import { PhoneService, type PhoneServiceOptions } from '../../src/phones/phone-service.js';
import { MemoryFailureBudget } from '../../src/stores/memory/memory-failure-budget.js';
import { MemoryOnce } from '../../src/stores/memory/memory-once.js';
import type { SessionStore } from '../../src/stores/session-store.js';
import { encryptOpenData } from '../../src/simulator/open-data.js';
import { bug, failing, lost } from '../harness/failing-port.js';
import { ManualClock } from '../harness/manual-clock.js';
import { memoryUsers } from '../harness/memory-users.js';
import { recordedLog } from '../harness/recorded-log.js';
import { APP_ID, learnedKey, sessionKeyText, user } from '../harness/people.js';
import { rateLimit, ScriptedWeixin } from '../harness/session-service.js';

const LIMIT = 2;
const alice = user('alice');
const session: Session = { ...alice, id: 'alice', unionId: null, createdAt: 0, expiresAt: Infinity };

interface PhonePorts extends PhoneServiceOptions {
  readonly clock: ManualClock;
  readonly sessions: SessionStore;
}

function phonePorts(): PhonePorts {
  const clock = new ManualClock();
  return {
    clock,
    crypto: new CryptoService(),
    ...memoryUsers(clock),
    budget: new MemoryFailureBudget({ clock, max: 10, limit: LIMIT, window: 3_600_000 }),
    limits: {
      decryptByUser: rateLimit(clock, 'decrypt_by_user'),
      weixinByUser: rateLimit(clock, 'weixin_by_user'),
    },
    rules: { maxAge: 300_000, skew: 60_000 },
    weixin: new ScriptedWeixin(),
    once: new MemoryOnce({ clock, max: 10 }),
    metrics: noMetrics,
    grammarWatch: new GrammarWatch(clock, recordedLog().log),
    verifyOrigin: false,
    bindPhoneCodes: true,
    weixinTimeout: 2_500,
  };
}

/** A tap under this key, at this time. */
function tap(key: string, at: number) {
  const number = '13580006666';
  const watermark = { timestamp: Math.floor(at / 1000), appid: APP_ID };
  const document = { phoneNumber: number, purePhoneNumber: number, countryCode: '86', watermark };
  const { encryptedData, iv } = encryptOpenData(sessionKeyText(key), document);
  return { encryptedData: Buffer.from(encryptedData, 'base64'), iv: Buffer.from(iv, 'base64') };
}

async function learnNow({ sessions, clock }: PhonePorts, key: string): Promise<void> {
  await sessions.create(session, learnedKey(key, clock.now(), clock.now()));
}

type Break = (ports: PhoneServiceOptions, error: Error) => Partial<PhoneServiceOptions>;
const steps: [what: string, breaks: Break][] = [
  ['finding the ring', ({ rings }, error) => ({ rings: failing(rings, 'find', error) })],
  ['counting the try', ({ budget }, error) => ({ budget: failing(budget, 'attempt', error) })],
];

/** Opens a right document while this is broken. */
async function decryptWhile(breaks: Break, error: Error) {
  const ports = phonePorts();
  await learnNow(ports, 'a');
  return new PhoneService({ ...ports, ...breaks(ports, error) }).decrypt(session, tap('a', ports.clock.now()));
}

test.each(steps)('a store that is out of reach when %s is SERVICE_UNAVAILABLE', async (_, breaks) => {
  expect(await decryptWhile(breaks, lost)).toEqual({ ok: false, failure: unavailable });
});

test.each(steps)('a bug in a store when %s is thrown on', async (_, breaks) => {
  await expect(decryptWhile(breaks, bug)).rejects.toBe(bug);
});

test('a try that ends in a bug stays counted as failed', async () => {
  const ports = phonePorts();
  await learnNow(ports, 'a');
  const data = { encryptedData: Buffer.alloc(144), iv: Buffer.alloc(15) };
  const service = new PhoneService(ports);
  for (let i = 0; i < LIMIT; i++)
    await expect(service.decrypt(session, data)).rejects.toThrow('Invalid initialization vector');
  expect(await service.decrypt(session, data)).toMatchObject({ failure: { code: 'RATE_LIMITED' } });
});

test('a user without any key gets KEY_MISMATCH', async () => {
  const ports = phonePorts();
  const opened = await new PhoneService(ports).decrypt(session, tap('a', ports.clock.now()));
  expect(opened).toEqual({ ok: false, failure: { code: 'KEY_MISMATCH' } });
});

test.each([
  { later: 60_000, code: 'accepted' },
  { later: 61_000, code: 'KEY_MISMATCH' },
])('a document $later ms younger than the supersession of its key is $code', async ({ later, code }) => {
  const ports = phonePorts();
  await learnNow(ports, 'a');
  ports.clock.advance(1000);
  await learnNow(ports, 'b');
  ports.clock.advance(later);
  const opened = await new PhoneService(ports).decrypt(session, tap('a', ports.clock.now()));
  expect(opened.ok ? 'accepted' : opened.failure.code).toBe(code);
});

test('a key that is spent is left out: a right document under another key of the ring opens', async () => {
  const ports = phonePorts();
  await learnNow(ports, 'a');
  const service = new PhoneService(ports);
  for (let i = 0; i < LIMIT; i++) await service.decrypt(session, tap('wrong', ports.clock.now()));
  const underSpent = tap('a', ports.clock.now());
  ports.clock.advance(1000);
  await learnNow(ports, 'b');
  expect(await service.decrypt(session, tap('b', ports.clock.now()))).toMatchObject({ ok: true });
  expect(await service.decrypt(session, underSpent)).toMatchObject({ failure: { code: 'KEY_MISMATCH' } });
});

test('a document under a key that was superseded too long ago is a failure of every key that was tried', async () => {
  const ports = phonePorts();
  await learnNow(ports, 'a');
  ports.clock.advance(1000);
  await learnNow(ports, 'b');
  ports.clock.advance(61_000);
  const service = new PhoneService(ports);
  for (let i = 0; i < LIMIT; i++) await service.decrypt(session, tap('a', ports.clock.now()));
  const right = await service.decrypt(session, tap('b', ports.clock.now()));
  expect(right).toEqual({ ok: false, failure: { code: 'RATE_LIMITED', retryAfterSeconds: 3600 } });
});

test('retryAfterSeconds is rounded up, so that a client that waits it out is let in', async () => {
  const ports = phonePorts();
  await learnNow(ports, 'a');
  const service = new PhoneService(ports);
  for (let i = 0; i < LIMIT; i++) await service.decrypt(session, tap('wrong', ports.clock.now()));
  ports.clock.advance(1);
  const failure = { code: 'RATE_LIMITED', retryAfterSeconds: 3600 };
  expect(await service.decrypt(session, tap('a', ports.clock.now()))).toEqual({ ok: false, failure });
  ports.clock.advance(3_600_000 - 1);
  expect(await service.decrypt(session, tap('a', ports.clock.now()))).toMatchObject({ ok: true });
});
