import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fleet, storeKey, told } from '../../harness/fleet.js';
import { redisCommand } from '../../harness/redis-command.js';
import { describeWithRedis } from '../../harness/redis-process.js';

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(30_000);

const STORE_KEY = storeKey('a');

describeWithRedis('what the fleet leaves behind', () => {
  let fleet: Fleet;
  let openId: string;
  const secrets: Record<string, string> = {};
  /** Every key with its value, and the bytes that Redis wrote to its folder. */
  let dump: Buffer;

  beforeAll(async () => {
    fleet = await Fleet.start({
      env: { STORE_KEYS: STORE_KEY, LOG_LEVEL: 'trace' },
      // Uncompressed, so that a text would be found as it is.
      redisArgs: ['--appendonly', 'yes', '--rdbcompression', 'no', '--save', ''],
    });
    await liveADay();
    dump = Buffer.concat([await everyValue(), await everyFile()]);
  });
  afterAll(() => fleet.stop());

  /** Every operation, with what may go wrong with it. */
  async function liveADay(): Promise<void> {
    const code = fleet.code('alice');
    const client = await fleet.at(0).client().loggedIn(code);
    const there = fleet.at(1).client(client.token);
    await there.login({ code });
    const session = await there.session();
    openId = session.__typename === 'Session' ? session.openId : told(session);
    const tap = fleet.tap('alice');
    const number = await there.decryptPhone(tap);
    await there.decryptPhone({ ...tap, iv: Buffer.alloc(16).toString('base64') });
    const answers = [
      number,
      await client.exchangePhoneCode(tap.code),
      await there.exchangePhoneCode(tap.code),
      await client.resolveCloudPhone(tap.cloudID),
      await there.checkSession(),
    ];
    expect(answers.map(told)).toEqual(['PhoneNumber', 'PhoneNumber', 'PhoneNumber', 'PhoneNumber', 'SessionCheck']);
    const nonce = 'a-nonce-of-the-client';
    const bob = await fleet
      .at(1)
      .client()
      .login({ code: fleet.code('bob'), nonce });
    await there.login({ code: 'a-code-that-weixin-does-not-know' });

    const access = fleet.simulator.world.tokens.issue(fleet.app.appId, fleet.app.secret.reveal(), false);
    Object.assign(secrets, {
      token: client.token,
      'token with a nonce': 'token' in bob ? bob.token : '',
      'login code': code,
      nonce,
      'refused login code': 'a-code-that-weixin-does-not-know',
      'phone code': tap.code,
      cloudID: tap.cloudID,
      'session key': fleet.simulator.world.sessionKey(fleet.app.appId, 'alice'),
      'phone number': 'purePhoneNumber' in number ? number.purePhoneNumber : '',
      encryptedData: tap.encryptedData,
      'app secret': fleet.app.secret.reveal(),
      'access token': 'access_token' in access ? access.access_token : '',
      'store key': STORE_KEY.slice('a:'.length),
    });
  }

  async function everyValue(): Promise<Buffer> {
    const reads: Record<string, (key: string) => string[]> = {
      string: (key) => ['GET', key],
      hash: (key) => ['HGETALL', key],
      zset: (key) => ['ZRANGE', key, '0', '-1'],
    };
    const keys = (await redisCommand(fleet.redis, 'KEYS', '*')) as string[];
    const lines = await Promise.all(
      keys.map(async (key) => {
        const type = String(await redisCommand(fleet.redis, 'TYPE', key));
        const read = reads[type];
        if (read === undefined) throw new Error(`${key} is a ${type}`);
        return `${key} ${JSON.stringify(await redisCommand(fleet.redis, ...read(key)))}`;
      }),
    );
    return Buffer.from(lines.join('\n'));
  }

  async function everyFile(): Promise<Buffer> {
    await redisCommand(fleet.redis, 'SAVE');
    const entries = readdirSync(fleet.redis.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toContain('dump.rdb');
    expect(files.some(({ name }) => name.endsWith('.aof'))).toBe(true);
    return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
  }

  /** A secret as it is, in Base64 and hex; and of one that is Base64 itself its bytes, in all of these. */
  function formsOf(secret: string): Buffer[] {
    const bytes = [Buffer.from(secret), Buffer.from(secret, 'base64')].filter(({ length }) => length >= 8);
    const texts = bytes.flatMap((form) => [
      form.toString('base64').replace(/=+$/, ''),
      form.toString('base64url'),
      form.toString('hex'),
      form.toString('hex').toUpperCase(),
    ]);
    return [...bytes, ...texts.map((text) => Buffer.from(text))];
  }

  const found = (haystack: Buffer) =>
    Object.entries(secrets).flatMap(([name, secret]) =>
      formsOf(secret).some((form) => haystack.includes(form)) ? [name] : [],
    );

  test('is complete: the store names the user, and holds every kind of record', () => {
    expect(Object.entries(secrets).filter(([, secret]) => secret.length < 8)).toEqual([]);
    for (const kind of ['session', 'user', 'failures', 'once', 'access-token']) {
      expect(dump.includes(`wpg:${kind}:`)).toBe(true);
    }
    expect(dump.toString('latin1').split(openId).length).toBeGreaterThan(4);
    for (const [name, secret] of Object.entries(secrets)) {
      const leaked = formsOf(secret).map((form) => found(Buffer.concat([dump, form])));
      expect(leaked).toEqual(leaked.map(() => [name]));
    }
  });

  test('in the store is none of the secrets: not as text, not in Base64, not in hex', () => {
    expect(found(dump)).toEqual([]);
  });

  test('in the logs of both processes is none of the secrets', () => {
    const logs = fleet.gateways.map(({ process }) => `${process.lines.join('\n')}\n${process.errorText}`).join('\n');
    expect(logs).toContain('listening');
    expect(found(Buffer.from(logs))).toEqual([]);
  });
});
