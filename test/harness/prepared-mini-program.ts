import type { TapEvent } from '../../src/client/index.js';
import { type MiniProgram, startMiniProgram } from './mini-program.js';
import { type RunningGateway, runGateway } from './running-gateway.js';

/** What the demo user's taps give. */
export const NUMBER = { __typename: 'PhoneNumber', e164: '+8613548535449' };

export interface PreparedMiniProgram {
  readonly running: RunningGateway;
  readonly app: MiniProgram;
  /** The event of a tap, with these members changed; one that is undefined is left out. */
  tapped(changes?: TapEvent, document?: object): Promise<{ detail: TapEvent }>;
}

/** One gateway for all tests of a file, and for each test a Mini Program that is logged in and has called nothing yet. */
export function preparedMiniProgram(): PreparedMiniProgram {
  let running: RunningGateway;
  let app: MiniProgram;
  beforeAll(async () => {
    running = await runGateway();
  });
  afterAll(() => running.gateway.stop());
  beforeEach(async () => {
    // What the test before used of any limit is over by then.
    running.clock.advanceSeconds(7200);
    app = startMiniProgram(running);
    await app.client.prepare();
    app.wx.calls.length = 0;
  });
  return {
    get running() {
      return running;
    },
    get app() {
      return app;
    },
    tapped: async (changes = {}, document) => ({ detail: { ...(await app.wx.tap(document)).detail, ...changes } }),
  };
}
