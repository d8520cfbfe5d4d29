import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;

beforeEach(async () => {
  running = await runGateway();
});
afterEach(() => running.gateway.stop());

test('a user logs in, taps the button, and the gateway tells their phone number', async () => {
  const { simulator, app, clock } = running;
  const client = running.client();

  const login = await client.login({ code: simulator.world.login(app.appId, 'alice') });
  expect(login).toMatchObject({
    __typename: 'LoginSuccess',
    token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
    session: { appId: app.appId, createdAt: '2026-01-31T08:30:00.000Z', expiresAt: '2026-02-07T08:30:00.000Z' },
  });

  client.token = login.__typename === 'LoginSuccess' ? login.token : undefined;
  const tap = simulator.world.tap(app.appId, 'alice', { purePhoneNumber: '13580006666' });
  expect(await client.decryptPhone(tap)).toEqual({
    __typename: 'PhoneNumber',
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    e164: '+8613580006666',
    watermark: { appId: app.appId, timestamp: Math.floor(clock.now() / 1000) },
  });
});
