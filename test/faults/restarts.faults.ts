import { LoginDocument, SessionDocument } from '../../src/client/generated/graphql.js';
import { Fleet } from '../harness/fleet.js';
import { KeepAliveClient, type Outcome } from '../harness/keep-alive-clients.js';
import { counted } from '../harness/many-requests.js';
import { describeWithRedis } from '../harness/redis-process.js';
import { report } from '../harness/report.js';
import { until } from '../harness/until.js';

jest.setTimeout(300_000);

const RESTARTS = 20;
const CLIENTS = 40;
/** Logins that the gateway has answered since its start before it is told to stop. */
const LOAD = 300;
/** Milliseconds from SIGTERM to the end of the process under load, with nothing slow in flight. */
const STOPPED_WITHIN = 10_000;

/** A polite client leaves when the gateway says that it closes; a stubborn one connects again until it is refused. */
type Manner = 'polite' | 'stubborn';

const LOGGED_IN = /"__typename":"LoginSuccess","token":"([\w-]+)"/;

describeWithRedis(`over ${RESTARTS} restarts under load, with Redis`, () => {
  let fleet: Fleet;
  beforeAll(async () => {
    // All clients come from one address, faster than any carrier's.
    const env = { LOGIN_LIMIT_PER_ADDRESS: '1000000', LOGIN_LIMIT_PER_APP: '1000000' };
    fleet = await Fleet.start({ gateways: 0, env });
  });
  afterAll(() => fleet.stop());

  test('no request is lost, and every token that a client was told of still works', async () => {
    const outcomes: Record<Manner, Outcome[]> = { polite: [], stubborn: [] };
    const tokens: string[] = [];
    const stops: number[] = [];

    /** Logs in again and again until the gateway says that it goes, or cannot be reached. */
    async function live(url: string, name: string, manner: Manner): Promise<void> {
      const client = new KeepAliveClient(url);
      for (let i = 0; ; i += 1) {
        const variables = { input: { code: fleet.code(`${name}-${i}`) } };
        const body = JSON.stringify({ query: LoginDocument.toString(), variables });
        const { outcome, text, isLast } = await client.post(body);
        const token = LOGGED_IN.exec(text)?.[1];
        if (token !== undefined) tokens.push(token);
        // An answer that is no session is as bad as none.
        outcomes[manner].push(outcome === 'answered' && token === undefined ? 'cut off' : outcome);
        if (manner === 'polite' ? isLast : outcome === 'refused') break;
      }
      client.close();
    }

    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const { process, url } = await fleet.add({ DRAIN_SECONDS: '1' });
      const before = tokens.length;
      const clients = Array.from({ length: CLIENTS }, (_, i) =>
        live(url, `r${restart}-${i}`, i % 2 ? 'polite' : 'stubborn'),
      );
      await until(
        () => tokens.length - before,
        (answered) => answered >= LOAD,
        30_000,
      );
      const told = performance.now();
      process.signal('SIGTERM');
      expect(await process.exit()).toBe(0);
      stops.push(performance.now() - told);
      await Promise.all(clients);
    }
    const polite = counted(outcomes.polite);
    const stubborn = counted(outcomes.stubborn);
    for (const [manner, outcomes] of Object.entries({ polite, stubborn })) {
      for (const [outcome, count] of Object.entries(outcomes))
        report(`${manner} clients: ${outcome}`, count, { unit: '' });
    }
    report('the slowest stop', Math.max(...stops), { atMost: STOPPED_WITHIN });
    expect(polite).toEqual({ answered: outcomes.polite.length });
    // Whoever connects at the very end is cut off unread: no code that reached Weixin was left without an answer.
    expect(fleet.loginsAtWeixin).toBe(tokens.length);
    expect(tokens.length).toBeGreaterThanOrEqual(RESTARTS * LOAD);
    expect(Math.max(...stops)).toBeLessThan(STOPPED_WITHIN);

    const last = await fleet.add();
    const client = new KeepAliveClient(last.url);
    const query = JSON.stringify({ query: SessionDocument.toString() });
    const dead: string[] = [];
    for (const token of tokens) {
      const { text } = await client.post(query, token);
      if (!text.includes('"__typename":"Session"')) dead.push(text);
    }
    client.close();
    expect(dead).toEqual([]);
  });
});
