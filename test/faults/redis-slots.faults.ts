import { setTimeout as delay } from 'node:timers/promises';
import { fingerprint } from '../../src/crypto/fingerprint.js';
import { type Token, tokenHash } from '../../src/crypto/token.js';
import { onceName, sessionKeyName } from '../../src/stores/redis/key-names.js';
import { keySlot } from '../../src/stores/redis/topology/key-slot.js';
import { Fleet, storeKey, told } from '../harness/fleet.js';
import { forge } from '../harness/forgeries.js';
import type { GatewayClient } from '../harness/gateway-client.js';
import { counted } from '../harness/many-requests.js';
import { RedisClusterProcesses } from '../harness/redis-cluster.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { report } from '../harness/report.js';
import { SlotMoves } from '../harness/slot-moves.js';
import { until } from '../harness/until.js';
import { crowdAt } from '../history/fleet/crowd-at.js';
import { FleetUnderFire } from '../history/fleet/fleet-under-fire.js';
import { Seeded } from '../history/seeded.js';
import { story } from '../history/story.js';

jest.setTimeout(240_000);

/** A master that is only busy is not replaced. */
const CALM = ['--save', '', '--appendonly', 'no', '--cluster-node-timeout', '30000'];
const CROWD = { users: 12, clients: 36, requests: 40 };
/** Milliseconds at most that the keys of a slot are apart, under load: within REDIS_TIMEOUT_MS. */
const APART = 300;
const TIMEOUT = 1_000;
/** Milliseconds after which a revoked session is rejected everywhere. */
const EVERYWHERE = 1_000;
const REVOCATIONS = 20;
const LIMIT = 20;
/** Of all gateways: they share the keys in the Cluster. */
const STORE_KEYS = storeKey('a');
/** Keys that many requests need. */
const BUSY = ['wpg:user:*', 'wpg:failures:*', 'wpg:rate:{login}:*'] as const;

describeWithRedis('slots that move from master to master', () => {
  let cluster: RedisClusterProcesses;
  let moves: SlotMoves;
  beforeAll(async () => {
    cluster = await RedisClusterProcesses.start(CALM);
    moves = await SlotMoves.of(cluster);
  });
  afterAll(async () => {
    moves.close();
    await cluster.stop();
  });

  test('under load: no request fails, and every promise is kept', async () => {
    const seeded = new Seeded(1);
    const fleet = await FleetUnderFire.start(seeded, {
      env: { ...cluster.env, REDIS_URL: '', REDIS_TIMEOUT_MS: String(TIMEOUT), STORE_KEYS },
      fates: { answered: 20, late: 3, busy: 0, lost: 0 },
    });
    try {
      const crowd = crowdAt(fleet, seeded, CROWD);
      const life = { isOver: false };
      const living = crowd.live().finally(() => (life.isOver = true));
      const chosen = new Seeded(2);
      // A slot that has moved is left alone for as long as an answer may take: it would be one long move otherwise.
      const restsUntil = new Map<number, number>();
      const moving = async () => {
        while (!life.isOver) {
          const slots = await moves.slotsOf(chosen.chance(0.5) ? 'wpg:*' : chosen.pick(BUSY));
          const rested = slots.filter((slot) => (restsUntil.get(slot) ?? 0) < performance.now());
          const slot = rested[chosen.below(rested.length)];
          if (slot === undefined) continue;
          restsUntil.set(slot, Infinity);
          const apart = chosen.chance(0.5) ? chosen.below(APART) : 0;
          await moves.move(slot, { onBoth: () => delay(apart) });
          restsUntil.set(slot, performance.now() + TIMEOUT);
        }
      };
      await Promise.all([living, moving()]);
      const redirections = await moves.redirections();
      const calmFrom = fleet.recorder.now();
      await crowd.askForAll();
      const history = fleet.history({ calmFrom });
      const answers = counted(history.entries.map(({ told }) => (told.told === 'refused' ? told.code : told.told)));
      process.stdout.write(
        `    ${moves.moved} slots moved under ${history.entries.length} requests, each on two masters for ${Math.round(moves.longestApart)} ms at most: ` +
          `${JSON.stringify({ ...redirections, ...answers })}\n`,
      );
      const unavailable = answers['SERVICE_UNAVAILABLE'] ?? 0;
      report('requests that failed while slots moved', unavailable, { unit: 'requests', atMost: 0 });
      for (const count of Object.values(redirections)) expect(count).toBeGreaterThan(5);
      expect(answers['login']).toBeGreaterThan(100);
      expect(unavailable).toBe(0);
      expect(story(history, 'npm run faults -- test/faults/redis-slots')).toBeUndefined();
    } finally {
      await fleet.stop();
    }
  });

  describe('one slot', () => {
    let fleet: Fleet;
    beforeAll(async () => {
      fleet = await Fleet.start({
        env: {
          ...cluster.env,
          REDIS_URL: '',
          REDIS_TIMEOUT_MS: String(TIMEOUT),
          STORE_KEYS,
          DECRYPT_FAILURE_LIMIT: String(LIMIT),
        },
      });
    });
    afterAll(() => fleet.stop());

    const slotOf = (key: string) => keySlot(`wpg:${key}`);
    const slotOfSession = ({ token }: GatewayClient) => slotOf(sessionKeyName(tokenHash(token as Token)));
    const slotOfCode = (code: string) =>
      slotOf(onceName(fingerprint('single-use-code', 'WX_LOGIN', fleet.app.appId, code), 'owner'));
    const slotLike = async (pattern: string) => {
      const [slot, ...others] = await moves.slotsOf(pattern);
      if (slot === undefined || others.length > 0) throw new Error(`Not one slot is like ${pattern}.`);
      return slot;
    };
    const slotOfUser = async (client: GatewayClient) => {
      const session = await client.session();
      return slotLike(`wpg:user:*${'openId' in session ? session.openId : '?'}*`);
    };

    test('a session that was near is rejected in time if it is logged out on its way, or after it', async () => {
      const late: number[] = [];
      for (let i = 0; i < REVOCATIONS; i += 1) {
        const [here, there] = await fleet.usedAtBoth(`near-${i}`);
        const revoke = async () => {
          expect(told(await here.logout())).toBe('LogoutSuccess');
          const { after } = await until(
            async () => told(await there.session()),
            (answer) => answer === 'NOT_LOGGED_IN',
          );
          late.push(after);
        };
        await moves.move(slotOfSession(here), i % 2 === 0 ? { onBoth: revoke } : {});
        if (i % 2 !== 0) await revoke();
        expect(told(await there.session())).toBe('NOT_LOGGED_IN');
      }
      report(`the slowest of ${REVOCATIONS} revocations of sessions that moved`, Math.max(...late), {
        atMost: EVERYWHERE,
      });
      expect(Math.max(...late)).toBeLessThan(EVERYWHERE);
    });

    test('failures that were counted stay counted', async () => {
      const mallory = await fleet.loggedIn('mallory');
      await forge(fleet, mallory.token, 2 * LIMIT);
      const right = fleet.tap('mallory');
      const ask = async () => {
        // A gateway that remembers nothing of it.
        const gateway = await fleet.add();
        const answer = told(await gateway.client(mallory.token).decryptPhone(right));
        await gateway.process.kill();
        return answer;
      };
      await moves.move(await slotOfUser(mallory), { onBoth: async () => expect(await ask()).not.toBe('PhoneNumber') });
      expect(await ask()).toBe('RATE_LIMITED');
    });

    type Slot = (alice: GatewayClient, code: string) => Promise<number> | number;
    test.each<[string, Slot, readonly string[]]>([
      ['of a user', (alice) => slotOfUser(alice), ['decryptPhone']],
      ['of a session', (alice) => slotOfSession(alice), []],
      ['of a code', (_alice, code) => slotOfCode(code), ['login']],
      ['of the counts of all logins', () => slotLike('wpg:rate:{login}:*'), ['login', 'login of another']],
    ])(
      '%s that stays on two masters: what fails meanwhile, and that all works afterwards',
      async (name, slot, failing) => {
        const [alice] = await fleet.usedAtBoth(`alice ${name}`);
        expect(told(await alice.decryptPhone(fleet.tap(`alice ${name}`)))).toBe('PhoneNumber');
        const codes = { own: fleet.code(`alice ${name}`), other: fleet.code('bob') };
        const before = fleet.loginsAtWeixin;
        const operations: Record<string, () => Promise<{ readonly __typename: string; readonly code?: string }>> = {
          session: () => fleet.at(1).client(alice.token).session(),
          decryptPhone: () => alice.decryptPhone(fleet.tap(`alice ${name}`)),
          login: () => fleet.at(0).client().login({ code: codes.own }),
          'login of another': () => fleet.at(1).client().login({ code: codes.other }),
          logout: () => alice.logout(),
        };
        const failed: string[] = [];
        await moves.move(await slot(alice, codes.own), {
          onBoth: async () => {
            for (const [operation, ask] of Object.entries(operations))
              if (told(await ask()) === 'SERVICE_UNAVAILABLE') failed.push(operation);
          },
        });
        process.stdout.write(`    a slot ${name} on two masters: unavailable are ${JSON.stringify(failed)}\n`);
        expect(failed).toEqual(failing);
        for (const code of Object.values(codes))
          expect(told(await fleet.at(0).client().login({ code }))).toBe('LoginSuccess');
        expect(fleet.loginsAtWeixin).toBe(before + 2);
      },
    );
  });
});
