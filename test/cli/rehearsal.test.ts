import { rehearse } from '../../src/app/rehearsal.js';
import { GatewayProcess } from '../harness/gateway-process.js';
import { until } from '../harness/until.js';

test('a rehearsal ends, and leaves nothing that listens', async () => {
  const listening = () => process.getActiveResourcesInfo().filter((resource) => resource === 'TCPServerWrap').length;
  const before = listening();
  await rehearse();
  expect((await until(listening, (count) => count <= before)).value).toBe(before);
});

test('a gateway that has rehearsed has counted nothing and logged nothing but that it listens', async () => {
  const gateway = new GatewayProcess({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
    DRAIN_SECONDS: '0',
    WEIXIN_APPS: 'wx4f4bc4dec97d474b:5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0',
    WEIXIN_API_URL: 'http://127.0.0.1:9',
  });
  try {
    await gateway.line('listening');
    const { url } = await gateway.line('metrics');
    const metrics = await (await fetch(`${String(url)}/metrics`)).text();
    expect(metrics).toContain('# TYPE gateway_operation_seconds histogram');
    expect(metrics).not.toMatch(/^gateway_(operation|weixin_call|documents|failure_budget)\w*\{/m);
    expect(gateway.lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['listening', 'metrics']);
  } finally {
    await gateway.kill();
  }
});
