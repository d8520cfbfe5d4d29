import { codeIn, readme } from '../harness/readme.js';
import { runGateway } from '../harness/running-gateway.js';

test('the table of metrics has every metric of the gateway, and no other', async () => {
  const { gateway } = await runGateway({ METRICS_PORT: '0' });
  try {
    const text = await (await fetch(`${gateway.metricsUrl ?? ''}/metrics`)).text();
    const names = [...text.matchAll(/^# TYPE (gateway_\S+)/gm)].map(([, name]) => name);
    const rows = readme.section('What to watch').table('metric', 'labels', 'says');
    expect(rows.flatMap((row) => codeIn(row['metric'])).toSorted()).toEqual(names.toSorted());
  } finally {
    await gateway.stop();
  }
});
