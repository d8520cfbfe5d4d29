import { systemClock } from '../../src/domain/clock.js';
import { createDemoApp } from '../../src/simulator/demo-app.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { ConnectProxy } from '../harness/connect-proxy.js';
import { GatewayClient } from '../harness/gateway-client.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { temporaryFile } from '../harness/temporary-file.js';
import { TLS_CERTIFICATE, TLS_HOST } from '../harness/tls-certificate.js';
import { startTlsFront } from '../harness/tls-front.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const PASSWORD = 'correct-horse';

/** A gateway in production whose Weixin is a name that only its proxy knows, behind a certificate of an own authority. */
async function behindProxy(env: Record<string, string>) {
  const app = createDemoApp();
  const simulator = new Simulator({ apps: [app], clock: systemClock, keyPeriod: 0, hosts: [TLS_HOST] });
  const front = await startTlsFront(Number(new URL(await simulator.listen(0)).port));
  const proxy = await ConnectProxy.start({ hosts: { [TLS_HOST]: front.port }, credentials: `user:${PASSWORD}` });
  const gateway = new GatewayProcess({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    WEIXIN_API_URL: `https://${TLS_HOST}`,
    WEIXIN_APPS: `${app.appId}:${app.secret.reveal()}`,
    https_proxy: `http://user:${PASSWORD}@${proxy.address}`,
    ...env,
  });
  closing.push(
    () => simulator.close(),
    () => front.close(),
    () => proxy.close(),
    () => gateway.kill(),
  );
  const { url } = await gateway.line('listening');
  const client = new GatewayClient(String(url));
  const login = () => client.login({ code: simulator.world.login(app.appId, 'alice') });
  return { gateway, proxy, client, login, tap: () => simulator.world.tap(app.appId, 'alice') };
}

test('a production gateway calls Weixin through a CONNECT proxy, behind an authority of NODE_EXTRA_CA_CERTS', async () => {
  const authority = temporaryFile('ca.pem', TLS_CERTIFICATE);
  closing.push(authority.remove);
  const { gateway, proxy, client, login, tap } = await behindProxy({ NODE_EXTRA_CA_CERTS: authority.path });
  const answer = await login();
  expect(answer).toMatchObject({ __typename: 'LoginSuccess' });
  client.token = answer.__typename === 'LoginSuccess' ? answer.token : '';
  expect(await client.exchangePhoneCode(tap().code)).toMatchObject({ __typename: 'PhoneNumber' });
  expect(new Set(proxy.asked)).toEqual(new Set([`${TLS_HOST}:443`]));
  expect(gateway.lines.join('')).not.toContain(PASSWORD);
});

test('without that authority nothing is sent, and the log names the certificate', async () => {
  const { gateway, login } = await behindProxy({});
  expect(await login()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(gateway.lines.join('')).toContain('"reason":"DEPTH_ZERO_SELF_SIGNED_CERT"');
});
