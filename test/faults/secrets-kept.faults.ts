import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, collected, isCollecting, PLACES, remember, remembered, SECRET_KINDS } from '../harness/evidence.js';
import { Fleet, told } from '../harness/fleet.js';
import { type OtlpReceiver, startOtlpReceiver } from '../harness/otlp-receiver.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { report } from '../harness/report.js';
import { SecretSearch } from '../harness/secret-search.js';
import { until } from '../harness/until.js';

jest.setTimeout(120_000);

const CODE_2_SESSION = '/sns/jscode2session';

describeWithRedis('after all of this suite', () => {
  let fleet: Fleet;
  let folder: string;
  let collector: OtlpReceiver;
  beforeAll(async () => {
    if (!isCollecting) throw new Error('This searches what the other fault tests leave: run it by `npm run faults`.');
    folder = await mkdtemp(join(tmpdir(), 'reports-'));
    const reporting = `--report-on-signal --report-signal=SIGUSR2 --report-directory=${folder}`;
    collector = await startOtlpReceiver();
    const env = {
      NODE_OPTIONS: reporting,
      DECRYPT_FAILURE_LIMIT: '1',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    };
    fleet = await Fleet.start({ env, gateways: 1 });
  });
  afterAll(async () => {
    await fleet.stop();
    await collector.close();
    await rm(folder, { recursive: true });
  });

  test('a Weixin that echoes what it was sent, a forgery, a bad request and a report of the process are collected too', async () => {
    const { simulator, app } = fleet;
    const code = fleet.code('alice');
    const secret = app.secret.reveal();
    simulator.faults.add(CODE_2_SESSION, [
      { body: JSON.stringify({ errcode: 40029, errmsg: `${code} ${secret}` }) },
      { body: `${code} ${secret}` },
    ]);
    const client = fleet.at(0).client();
    expect(told(await client.login({ code }))).toBe('CODE_INVALID');
    expect(told(await client.login({ code: fleet.code('bob') }))).toBe('SERVICE_UNAVAILABLE');

    const alice = await fleet.loggedIn('alice');
    const [one, other] = [fleet.tap('alice'), fleet.tap('alice')];
    expect(told(await alice.decryptPhone(one))).toBe('PhoneNumber');
    const forged = { encryptedData: one.encryptedData, iv: other.iv };
    expect(told(await alice.decryptPhone(forged))).toBe('KEY_MISMATCH');
    expect(told(await alice.decryptPhone(forged))).toBe('RATE_LIMITED');
    const literal = `mutation { login(input: { code: "${code}", nonce: "${alice.token ?? ''}", more: 1 }) { __typename } }`;
    expect((await alice.post({ query: literal })).status).toBe(400);

    fleet.at(0).process.signal('SIGUSR2');
    const { value: reports } = await until(
      () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
      (texts) => texts.length > 0 && texts.every((text) => text.endsWith('}\n') || text.endsWith('}')),
    );
    for (const text of reports) collect('crash report', text);
    expect(reports.join()).toContain('"environmentVariables"');

    const { process } = fleet.at(0);
    const { url } = await process.line('metrics');
    collect('metrics', await (await fetch(`${String(url)}/metrics`)).text());
    process.signal('SIGTERM');
    await process.exit();
    for (const body of collector.bodies) collect('spans', body);
    expect(collector.spans.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['mutation decryptPhone', 'GET /sns/jscode2session', 'EVALSHA appendLogin']),
    );
  });

  test('no byte of output, metrics, bodies of failures, crash reports or the store is a secret', async () => {
    await fleet.stop();
    const secrets = remembered();
    const kinds = [...secrets.values()];
    for (const kind of SECRET_KINDS) {
      const count = kinds.filter((known) => known === kind).length;
      report(`secrets searched for: ${kind}`, count, { atLeast: 1, unit: '' });
      expect([kind, count > 0]).toEqual([kind, true]);
    }
    const search = new SecretSearch(secrets);
    for (const place of PLACES) {
      const bytes = collected(place);
      report(`searched: ${place}`, bytes.length, { atLeast: 1, unit: 'bytes' });
      expect([place, bytes.length > 0]).toEqual([place, true]);
      const found = search.in(bytes);
      report(`secrets found: ${place}`, found.length, { atMost: 0, unit: '' });
      expect(found).toEqual([]);
    }
  });

  test.each(SECRET_KINDS)('a planted %s is found', (kind) => {
    const secret = kind === 'phone number' ? '13580006666' : Buffer.alloc(16, kind).toString('base64');
    remember(kind, secret);
    const search = new SecretSearch(remembered());
    const writings =
      kind === 'phone number' ? [secret] : [secret, Buffer.from(secret).toString('hex'), encodeURIComponent(secret)];
    for (const text of writings) expect(search.in(`{"msg":"what ${text} was"}`)).toHaveLength(1);
  });
});
