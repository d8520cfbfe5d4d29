import { CryptoService, type EncryptedPhone } from '../../src/crypto/crypto-service.js';
import { noMetrics } from '../../src/domain/metrics.js';
import type { Session } from '../../src/domain/session.js';
import { GrammarWatch } from '../../src/phones/grammar-watch.js';
import { PhoneService } from '../../src/phones/phone-service.js';
import { MemoryFailureBudget } from '../../src/stores/memory/memory-failure-budget.js';
import { MemoryOnce } from '../../src/stores/memory/memory-once.js';
import { encryptText } from '../harness/encrypted-phone.js';
import { ManualClock } from '../harness/manual-clock.js';
import { memoryUsers } from '../harness/memory-users.js';
import { recordedLog } from '../harness/recorded-log.js';
import { learnedKey, APP_ID, sessionKey, user } from '../harness/people.js';
import { report } from '../harness/report.js';
import { rateLimit, ScriptedWeixin } from '../harness/session-service.js';
import { MUTATIONS } from './mutations.js';
import { SeededBytes } from './seeded-bytes.js';

/*
 * `npm run fuzz`: how many millions of mutations, and the seed that repeats a run, come from the environment.
 */
const MILLIONS = Number(process.env['FUZZ_MILLIONS'] ?? '5');
const SEED = process.env['FUZZ_SEED'] ?? String(Date.now());

jest.setTimeout(MILLIONS * 120_000);

const clock = new ManualClock();
const alice: Session = { ...user('alice'), id: 'alice', unionId: null, createdAt: 0, expiresAt: Infinity };
const { sessions, rings } = memoryUsers(clock);
/** The service as wired, but with an unlimited budget and no limits: the grammar must hold without them. */
const phones = new PhoneService({
  clock,
  crypto: new CryptoService(),
  rings,
  budget: new MemoryFailureBudget({ clock, max: 10, limit: Infinity, window: 3_600_000 }),
  limits: {
    decryptByUser: rateLimit(clock, 'decrypt_by_user', Infinity),
    weixinByUser: rateLimit(clock, 'weixin_by_user', Infinity),
  },
  rules: { maxAge: 300_000, skew: 60_000 },
  weixin: new ScriptedWeixin(),
  once: new MemoryOnce({ clock, max: 10 }),
  metrics: noMetrics,
  grammarWatch: new GrammarWatch(clock, recordedLog().log),
  verifyOrigin: false,
  bindPhoneCodes: true,
  weixinTimeout: 2_500,
});

function tap(number: string): EncryptedPhone {
  const watermark = `{"timestamp":${Math.floor(clock.now() / 1000)},"appid":"${APP_ID}"}`;
  const text = `{"phoneNumber":"${number}","purePhoneNumber":"${number}","countryCode":"86","watermark":${watermark}}`;
  return encryptText(sessionKey('b'), text);
}
const taps = Array.from({ length: 50 }, (_, i) => tap(String(13_500_000_000 + i)));

beforeAll(async () => {
  for (const key of ['a', 'b', 'c']) {
    await sessions.create(alice, learnedKey(key, clock.now(), clock.now()));
  }
});

test('unchanged, every document opens', async () => {
  for (const data of taps) expect(await phones.decrypt(alice, data)).toMatchObject({ ok: true });
});

const mutations = Object.entries(MUTATIONS);
const each = Math.ceil((MILLIONS * 1_000_000) / mutations.length);

test.each(mutations)(`${each} documents all get the same answer after a change of: %s`, async (name, mutate) => {
  const random = new SeededBytes(`${SEED} ${name}`);
  const answers = new Map<string, number>();
  for (let i = 0; i < each; i += 1) {
    const [genuine, other] = [taps[random.below(taps.length)], taps[random.below(taps.length)]];
    if (genuine === undefined || other === undefined) throw new RangeError('There is no such document.');
    const data = mutate(
      { encryptedData: Buffer.from(genuine.encryptedData), iv: Buffer.from(genuine.iv) },
      random,
      other,
    );
    if ([genuine, other].some((known) => known.iv.equals(data.iv) && known.encryptedData.equals(data.encryptedData)))
      continue;
    const answer = JSON.stringify(await phones.decrypt(alice, data));
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  const tried = [...answers.values()].reduce((sum, count) => sum + count, 0);
  report(`${name}: documents tried, seed ${SEED}`, tried, { unit: '' });
  report(`${name}: different answers`, answers.size, { atMost: 1, unit: '' });
  expect([...answers.keys()]).toEqual(['{"ok":false,"failure":{"code":"KEY_MISMATCH"}}']);
});
