import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { variables } from '../../../src/config/variables.js';
import { StoreSeal } from '../../../src/crypto/store-seal.js';
import { type Certificates, makeCertificates } from '../../harness/certificates.js';
import { freePort } from '../../harness/free-port.js';
import { redisCommand } from '../../harness/redis-command.js';
import { describeWithRedis, RedisProcess } from '../../harness/redis-process.js';
import { refusingProxy } from '../../harness/refusing-proxy.js';
import { startScriptedServer } from '../../harness/scripted-server.js';
import { type ScriptedWeixinOptions, startScriptedWeixin } from '../../harness/scripted-weixin.js';
import { TLS_CERTIFICATE, TLS_KEY } from '../../harness/tls-certificate.js';
import { APP, checked, linesOf, OTHER_STORE_KEY, STORE_KEYS } from './checked.js';

/*
 * Worlds that an operator meets, and what the check says there. A line is compared as a whole, with ports and measured times
 * replaced.
 */

/** Milliseconds: starting processes takes long where the machine is busy. */
jest.setTimeout(60_000);

type Env = Record<string, string>;

interface World {
  readonly world: string;
  /** Its variables, besides those of every world. */
  readonly env: () => Promise<Env>;
  /** Lines among those that are printed. */
  readonly lines: readonly string[];
  readonly status: 0 | 1;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function weixin(options?: ScriptedWeixinOptions): Promise<Env> {
  const server = await startScriptedWeixin(options);
  closing.push(() => server.close());
  return { WEIXIN_API_URL: server.origin };
}

const errcode = (code: number, errmsg = 'scripted') => ({ errcode: code, errmsg });

const NO_REDIS =
  '✓ Redis: none is set, so a restart forgets every session. ' +
  'More than one instance needs REDIS_URL, REDIS_SENTINELS or REDIS_CLUSTER.';

const WEIXIN_IS_WELL = [
  `✓ Weixin access token for ${APP}: Weixin issues one.`,
  `✓ Weixin code2Session for ${APP}: Weixin accepts the appid, the secret and the address of this machine.`,
  `✓ Weixin getuserphonenumber for ${APP}: the permission is there.`,
  `✓ Weixin checkencryptedmsg for ${APP}: Weixin answers about a made-up hash.`,
];

const worlds: readonly World[] = [
  {
    world: 'all is well',
    env: weixin,
    lines: [
      '✓ configuration: NODE_ENV, HOST, WEIXIN_APPS, WEIXIN_API_URL, BACKEND_PORT, BACKEND_CLIENTS are usable.',
      '✓ proof keys: none, so there are no proofs. PROOF_KEY_FILE would have them.',
      NO_REDIS,
      ...WEIXIN_IS_WELL,
    ],
    status: 0,
  },
  {
    world: 'a wrong app secret',
    env: () =>
      weixin({
        answers: { '/cgi-bin/stable_token': errcode(40001), '/sns/jscode2session': errcode(40125) },
      }),
    lines: [
      `✗ Weixin access token for ${APP}: errcode 40001, the app secret is wrong. Compare the appid and its secret with the Mini Program admin console, and restart with the right ones.`,
      `✗ Weixin code2Session for ${APP}: errcode 40125, the app secret is wrong. Compare the appid and its secret with the Mini Program admin console, and restart with the right ones.`,
    ],
    status: 1,
  },
  {
    world: 'an address that is not on the allow list, and that Weixin tells',
    env: () => {
      const offTheList = errcode(
        40164,
        'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist, rid: canary',
      );
      return weixin({ answers: { '/cgi-bin/stable_token': offTheList, '/sns/jscode2session': offTheList } });
    },
    lines: [
      `✗ Weixin code2Session for ${APP}: errcode 40164, the gateway's address is not on the allow list. Add the gateway's public address to the IP allow list in the Mini Program admin console. Weixin saw 203.0.113.7.`,
    ],
    status: 1,
  },
  {
    world: 'an address that is not on the allow list, in a message without one',
    env: () => {
      const offTheList = errcode(40164, 'invalid ip canary.example <script>, not in whitelist');
      return weixin({ answers: { '/sns/jscode2session': offTheList } });
    },
    lines: [
      `✗ Weixin code2Session for ${APP}: errcode 40164, the gateway's address is not on the allow list. Add the gateway's public address to the IP allow list in the Mini Program admin console.`,
    ],
    status: 1,
  },
  {
    world: 'no permission for phone numbers',
    env: () => weixin({ answers: { '/wxa/business/getuserphonenumber': errcode(48001) } }),
    lines: [
      `✗ Weixin getuserphonenumber for ${APP}: errcode 48001, the Mini Program has no permission for this API. Apply for the permission in the Mini Program admin console, under development and API permissions.`,
    ],
    status: 1,
  },
  {
    world: 'no permission for checkencryptedmsg, which VERIFY_ORIGIN does not need',
    env: () => weixin({ answers: { '/wxa/business/checkencryptedmsg': errcode(48001) } }),
    lines: [
      `✓ Weixin checkencryptedmsg for ${APP}: errcode 48001, the Mini Program has no permission for this API; VERIFY_ORIGIN=never does not need it.`,
    ],
    status: 0,
  },
  {
    world: 'no permission for checkencryptedmsg, which VERIFY_ORIGIN needs',
    env: async () => ({
      ...(await weixin({ answers: { '/wxa/business/checkencryptedmsg': errcode(48001) } })),
      VERIFY_ORIGIN: 'always',
    }),
    lines: [
      `✗ Weixin checkencryptedmsg for ${APP}: errcode 48001, the Mini Program has no permission for this API. Apply for the permission in the Mini Program admin console, under development and API permissions.`,
    ],
    status: 1,
  },
  {
    world: 'an errcode that nobody knows',
    env: () => weixin({ answers: { '/sns/jscode2session': errcode(99999) } }),
    lines: [
      `✗ Weixin code2Session for ${APP}: errcode 99999, its errcode is not known here. Look it up in Weixin's documents.`,
    ],
    status: 1,
  },
  {
    world: 'a quota that is used up',
    env: () => weixin({ answers: { '/cgi-bin/stable_token': errcode(45009) } }),
    lines: [
      `✗ Weixin access token for ${APP}: Weixin's quota for this call is used up. Try again later; the Mini Program admin console shows it.`,
    ],
    status: 1,
  },
  {
    world: 'a server in the place of Weixin that logs anybody in',
    env: () =>
      weixin({
        answers: { '/sns/jscode2session': { openid: 'o'.repeat(28), session_key: 'Y2FuYXJ5Y2FuYXJ5Y2FuYQ==' } },
      }),
    lines: [
      `✗ Weixin code2Session for ${APP}: a made-up code is accepted, so this is not Weixin. Check WEIXIN_API_URL.`,
    ],
    status: 1,
  },
  {
    world: 'a Weixin that is busy',
    env: () => weixin({ answers: { '/sns/jscode2session': errcode(-1) } }),
    lines: [`✗ Weixin code2Session for ${APP}: Weixin is busy. Try again.`],
    status: 1,
  },
  {
    world: 'a Weixin that nobody listens for',
    env: async () => ({ WEIXIN_API_URL: `http://127.0.0.1:${await freePort()}` }),
    lines: [
      `✗ Weixin access token for ${APP}: nothing listens there (ECONNREFUSED). Check WEIXIN_API_URL, and a proxy on the way.`,
      '✓ clock: not compared, since no answer of Weixin has a Date. Keep the clock synchronised.',
    ],
    status: 1,
  },
  {
    world: 'a Weixin that is silent',
    env: async () => {
      const server = await startScriptedServer(() => undefined);
      closing.push(() => server.close());
      return { WEIXIN_API_URL: server.origin, WEIXIN_TIMEOUT_MS: '1000' };
    },
    lines: [
      `✗ Weixin code2Session for ${APP}: no answer (no answer in time). Let this machine reach WEIXIN_API_URL, through its firewall or a proxy; or raise WEIXIN_TIMEOUT_MS.`,
    ],
    status: 1,
  },
  {
    world: 'something else than Weixin, that answers',
    env: async () => {
      const server = await startScriptedServer((response) => response.writeHead(404).end('canary'));
      closing.push(() => server.close());
      return { WEIXIN_API_URL: server.origin };
    },
    lines: [
      `✗ Weixin code2Session for ${APP}: no usable answer (status 404). Check WEIXIN_API_URL, and a proxy on the way: this is not how Weixin answers.`,
    ],
    status: 1,
  },
  {
    world: 'a certificate in the place of Weixin that is not trusted',
    env: async () => {
      const server = createServer({ cert: TLS_CERTIFICATE, key: TLS_KEY });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      closing.push(async () => server.close());
      return { WEIXIN_API_URL: `https://127.0.0.1:${(server.address() as AddressInfo).port}` };
    },
    lines: [
      `✗ Weixin code2Session for ${APP}: its certificate is not trusted here (DEPTH_ZERO_SELF_SIGNED_CERT). Name the CA that signed it in NODE_EXTRA_CA_CERTS; Weixin itself needs none.`,
    ],
    status: 1,
  },
  ...deadProxy(),
  {
    world: 'a clock that is five minutes behind',
    env: () => weixin({ clockAhead: 300_000 }),
    lines: [
      ...WEIXIN_IS_WELL,
      "✗ clock: that of this machine is 300 s behind Weixin's: phone data would come from the future. Synchronise it, for instance with chrony or systemd-timesyncd.",
    ],
    status: 1,
  },
  {
    world: 'a clock that is five minutes ahead',
    env: () => weixin({ clockAhead: -300_000 }),
    lines: [
      "✗ clock: that of this machine is 300 s ahead of Weixin's: phone data would be too old. Synchronise it, for instance with chrony or systemd-timesyncd.",
    ],
    status: 1,
  },
  {
    world: 'bad variables, as a start would refuse them',
    env: async () => ({
      PORT: '70000',
      REDIS_URL: 'redis://:canary-password@127.0.0.1',
      PROOF_KEY_FILE: '/canary.pem',
    }),
    lines: [
      '✗ configuration: PORT must be a whole number from 0 to 65535.',
      '✗ configuration: PROOF_KEY_FILE must name a readable PEM file of PKCS#8 private keys, each P-256, RSA of 2048 bits or more, or Ed25519. There is no such file.',
      '✗ configuration: STORE_KEYS is needed with REDIS_URL in production: kid:base64 of 32 bytes, the first one seals.',
    ],
    status: 1,
  },
  {
    world: 'a misspelt variable, which a start only warns of',
    env: async () => ({ ...(await weixin()), REDIS_URI: 'redis://:canary-password@127.0.0.1' }),
    lines: [
      '✓ configuration: REDIS_URI is no variable of the gateway and has no effect. Did you mean REDIS_URL?',
      ...WEIXIN_IS_WELL,
    ],
    status: 0,
  },
];

/** A world for gateways that know proxies. */
function deadProxy(): readonly World[] {
  if (!variables.some(({ name }) => name === 'HTTP_PROXY')) return [];
  return [
    {
      world: 'a proxy that nobody listens for',
      env: async () => ({ ...(await weixin()), HTTP_PROXY: `http://127.0.0.1:${await freePort()}` }),
      lines: [
        `✗ Weixin access token for ${APP}: nothing listens there (ECONNREFUSED). Check WEIXIN_API_URL, and a proxy on the way.`,
      ],
      status: 1,
    },
  ];
}

test.each(worlds)('$world', async ({ env, lines, status }) => {
  const finished = await checked(await env());
  expect(linesOf(finished)).toEqual(expect.arrayContaining([...lines]));
  expect(finished).toMatchObject({ status, stderr: '' });
});

describeWithRedis('Redis', () => {
  let redis: RedisProcess;
  let folder: string;
  let certificates: Certificates;
  let tlsPort: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'check-'));
    certificates = makeCertificates(folder);
    tlsPort = await freePort();
    const { cert, key } = certificates.server;
    redis = await RedisProcess.start([
      ...['--save', '', '--appendonly', 'no', '--tls-port', String(tlsPort), '--tls-auth-clients', 'no'],
      ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', certificates.ca],
    ]);
  });
  afterAll(async () => {
    await redis.stop();
    rmSync(folder, { recursive: true });
  });

  async function withRedis(env: Env = {}): Promise<Env> {
    return { ...(await weixin()), STORE_KEYS, REDIS_URL: redis.url, ...env };
  }

  async function behindProxy(refused: readonly string[], env: Env = {}): Promise<Env> {
    const proxy = await refusingProxy(redis.port, refused);
    closing.push(() => proxy.close());
    return withRedis({ REDIS_URL: proxy.url, ...env });
  }

  /** Sets something in Redis for one test. */
  async function setFor(name: string, value: string, after: string): Promise<void> {
    await redisCommand(redis, 'CONFIG', 'SET', name, value);
    closing.push(() => redisCommand(redis, 'CONFIG', 'SET', name, after));
  }

  const REDIS_IS_WELL = [
    '✓ Redis HOST:PORT, commands: all that the gateway uses are allowed on wpg:*.',
    '✓ Redis HOST:PORT, near copies: the server tracks them.',
    '✓ Redis HOST:PORT, time of an answer: N ms of the N ms of REDIS_TIMEOUT_MS.',
    '✓ Redis HOST:PORT, maxmemory-policy: noeviction.',
    '✓ Redis HOST:PORT, STORE_KEYS: nothing is sealed under wpg:* yet.',
  ];

  const redisWorlds: readonly World[] = [
    {
      world: 'all is well',
      env: () => withRedis({ REDIS_TIMEOUT_MS: '1000' }),
      lines: [...REDIS_IS_WELL, ...WEIXIN_IS_WELL],
      status: 0,
    },
    {
      world: 'all is well over TLS',
      env: () =>
        withRedis({
          REDIS_TIMEOUT_MS: '1000',
          REDIS_URL: `rediss://127.0.0.1:${tlsPort}`,
          REDIS_CA_FILE: certificates.ca,
          REDIS_SERVER_NAME: 'redis.test',
        }),
      lines: REDIS_IS_WELL,
      status: 0,
    },
    {
      world: 'a server without tracking',
      env: () => behindProxy(['HELLO', 'CLIENT']),
      lines: [
        '✓ Redis HOST:PORT, near copies: the server does not offer RESP3 and CLIENT TRACKING (UNKNOWN_COMMAND), so every read asks Redis.',
      ],
      status: 0,
    },
    {
      world: 'a server without tracking, which REDIS_NEAR_COPIES insists on',
      env: () => behindProxy(['HELLO', 'CLIENT'], { REDIS_NEAR_COPIES: 'on' }),
      lines: [
        '✗ Redis HOST:PORT, near copies: the server does not offer RESP3 and CLIENT TRACKING (UNKNOWN_COMMAND). Set REDIS_NEAR_COPIES=auto, or use a server that offers them: the start waits for one.',
      ],
      status: 1,
    },
    {
      world: 'a server without a command',
      env: () => behindProxy(['GETEX', 'GETDEL']),
      lines: [
        '✗ Redis HOST:PORT, commands: GETEX, GETDEL refused (UNKNOWN_COMMAND). Use Redis 6.2 or later, or Valkey, without a proxy that leaves commands out.',
      ],
      status: 1,
    },
    {
      world: 'a server that evicts',
      env: async () => {
        await setFor('maxmemory-policy', 'allkeys-lru', 'noeviction');
        return withRedis();
      },
      lines: [
        '✗ Redis HOST:PORT, maxmemory-policy: allkeys-lru. Set it to noeviction: otherwise sessions end and used codes are forgotten at random.',
      ],
      status: 1,
    },
    {
      world: 'a server that is full',
      env: async () => {
        await setFor('maxmemory', '1', '0');
        return withRedis();
      },
      lines: [
        '✗ Redis HOST:PORT, commands: SET, SETRANGE, INCR, HINCRBY, HSET refused (OOM). Redis is full: raise its maxmemory.',
      ],
      status: 1,
    },
    {
      world: 'records under the prefix that were sealed with other keys',
      env: async () => {
        const marker = new StoreSeal([{ id: 'k1', key: Buffer.from(OTHER_STORE_KEY, 'base64') }]).seal('marker', 'x');
        await redisCommand(redis, 'SET', 'wpg:marker', marker);
        closing.push(() => redisCommand(redis, 'DEL', 'wpg:marker'));
        return withRedis();
      },
      lines: [
        '✗ Redis HOST:PORT, STORE_KEYS: what is under wpg:* was sealed with other keys. Set another REDIS_KEY_PREFIX, or those keys; or delete the key `marker` under it if those sessions may be lost.',
      ],
      status: 1,
    },
    {
      world: 'a password that Redis does not take',
      env: async () => {
        await redisCommand(redis, 'ACL', 'SETUSER', 'gateway', 'on', '>canary-right', '~wpg:*', '+@all');
        closing.push(() => redisCommand(redis, 'ACL', 'DELUSER', 'gateway'));
        writeFileSync(join(folder, 'password'), 'canary-wrong');
        return withRedis({ REDIS_USERNAME: 'gateway', REDIS_PASSWORD_FILE: join(folder, 'password') });
      },
      lines: [
        '✗ Redis HOST:PORT: it refuses the user name or the password (WRONGPASS). Check REDIS_USERNAME and REDIS_PASSWORD_FILE, or those in REDIS_URL.',
      ],
      status: 1,
    },
    {
      world: 'a user who may too little',
      env: async () => {
        const rights = ['~wpg:*', 'resetchannels', '+@all', '-getex', '-info', '-time'];
        await redisCommand(redis, 'ACL', 'SETUSER', 'gateway', 'on', '>canary-right', ...rights);
        closing.push(() => redisCommand(redis, 'ACL', 'DELUSER', 'gateway'));
        writeFileSync(join(folder, 'password'), 'canary-right');
        return withRedis({ REDIS_USERNAME: 'gateway', REDIS_PASSWORD_FILE: join(folder, 'password') });
      },
      lines: [
        '✓ Redis HOST:PORT: one node, without TLS; it does not tell its version to this user.',
        '✗ Redis HOST:PORT, commands: GETEX, TIME refused (NOPERM). Allow this user these commands, and the keys ~wpg:*, with ACL SETUSER.',
        "✗ Redis HOST:PORT, commands: EVAL, EVALSHA refused (ERR). Scripts use the other refused commands too: mend those first, or look into Redis's own log.",
        '✗ Redis HOST:PORT, time of an answer: not measured, since TIME is refused. Allow this user TIME.',
        '✓ Redis HOST:PORT, maxmemory-policy: not told to this user. See for yourself that it is noeviction.',
      ],
      status: 1,
    },
    {
      world: 'a dead server',
      env: async () => withRedis({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` }),
      lines: [
        '✗ Redis HOST:PORT: nothing listens there (ECONNREFUSED). Check the address, and that Redis runs.',
        ...WEIXIN_IS_WELL,
      ],
      status: 1,
    },
    {
      world: 'a server that is silent',
      env: async () => {
        await redis.signal('SIGSTOP');
        closing.push(() => redis.signal('SIGCONT'));
        return withRedis();
      },
      lines: [
        '✗ Redis HOST:PORT: no answer (GREETING_LOST). Check the address, firewalls on the way, that Redis runs, and whether it expects TLS: REDIS_TLS, rediss://.',
      ],
      status: 1,
    },
    {
      world: 'a certificate that another CA signed',
      env: () => {
        const otherFolder = mkdtempSync(join(folder, 'other-'));
        const { ca } = makeCertificates(otherFolder);
        return withRedis({
          REDIS_URL: `rediss://127.0.0.1:${tlsPort}`,
          REDIS_CA_FILE: ca,
          REDIS_SERVER_NAME: 'redis.test',
        });
      },
      lines: [
        '✗ Redis HOST:PORT: its certificate is not trusted here (SELF_SIGNED_CERT_IN_CHAIN). Set REDIS_CA_FILE to the certificate of the CA that signed it.',
      ],
      status: 1,
    },
    {
      world: 'a certificate for another name',
      env: () => withRedis({ REDIS_URL: `rediss://127.0.0.1:${tlsPort}`, REDIS_CA_FILE: certificates.ca }),
      lines: [
        '✗ Redis HOST:PORT: its certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID). Set REDIS_SERVER_NAME to the name in it.',
      ],
      status: 1,
    },
    {
      world: 'sentinels that are not there',
      env: async () => ({
        ...(await weixin()),
        STORE_KEYS,
        REDIS_SENTINELS: `127.0.0.1:${await freePort()}`,
        REDIS_SENTINEL_NAME: 'main',
      }),
      lines: [
        '✗ Redis sentinel HOST:PORT: nothing listens there (ECONNREFUSED). Check the address, and that Redis runs.',
      ],
      status: 1,
    },
    {
      world: 'a node in the place of a cluster',
      env: async () => ({ ...(await weixin()), STORE_KEYS, REDIS_CLUSTER: `127.0.0.1:${redis.port}` }),
      lines: [
        '✗ Redis cluster node HOST:PORT: it does not tell which nodes have the keys. Check that the cluster is complete, or set REDIS_URL.',
      ],
      status: 1,
    },
  ];

  test.each(redisWorlds)('$world', async ({ env, lines, status }) => {
    const finished = await checked(await env());
    expect(linesOf(finished)).toEqual(expect.arrayContaining([...lines]));
    expect(finished).toMatchObject({ status, stderr: '' });
    await redis.signal('SIGCONT');
    // Nothing is left behind.
    const keys = (await redisCommand(redis, 'KEYS', '*')) as string[];
    expect(keys.filter((key) => key !== 'wpg:marker')).toEqual([]);
  });
});
