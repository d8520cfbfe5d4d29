// The default import also links on a Node without styleText, so that node-version.ts can report it.
import util from 'node:util';
import type { Config } from '../config/config.js';
import type { Gateway } from '../app/gateway.js';
import { addressText, type RedisServers } from '../domain/redis-settings.js';
import { version } from './node-version.js';

/**
 * The addresses of the gateway and the next steps for the person who started it, on one screen.
 *
 * @param stream the destination, which decides about colours together with NO_COLOR and FORCE_COLOR
 */
export function startMessage(gateway: Gateway, config: Config, stream: NodeJS.WritableStream): string {
  const bold = (text: string) => util.styleText('bold', text, { stream });
  const warn = (text: string) => util.styleText('yellow', text, { stream });
  const { url, metricsUrl, backendUrl, simulator } = gateway;
  const row = (name: string, ...parts: readonly string[]) => `  ${name.padEnd(13)}${parts.join('   ')}`;
  const lines = [
    '',
    `  ${bold(`weixin-phone-gateway ${version}`)}   Node ${process.versions.node}, ${config.production ? 'production' : 'development'}`,
    '',
    ...(simulator === undefined ? [] : [row('Try it', `${url}/`, 'in a browser: a phone to tap on, and what is said')]),
    row('GraphQL', bold(`POST ${url}/graphql`)),
    ...(config.production
      ? []
      : [
          row('Explorers', `${url}/graphql`, 'in a browser: Apollo Sandbox, or GraphiQL without the internet'),
          row('', `${url}/explorer`, 'GraphiQL'),
        ]),
    ...(simulator === undefined
      ? [row('Weixin', ...weixin(config))]
      : [row('Simulator', simulator.url, warn('THIS IS NOT WEIXIN: it logs anybody in'))]),
    row('Store', ...store(gateway, config).map((text, i) => (i === 1 ? warn(text) : text))),
    row('Health', `${url}/healthz`, `${url}/readyz`),
    row('Public keys', `${url}/.well-known/jwks.json`, proofKeys(config)),
    row('Metrics', metricsUrl === undefined ? 'nowhere: METRICS_PORT is unset' : `${metricsUrl}/metrics`),
    row('Back ends', backendUrl ?? 'nowhere: BACKEND_PORT is unset'),
    ...(simulator === undefined ? [] : firstLogin(url, simulator.url)),
    '',
    '',
  ];
  return lines.join('\n');
}

function weixin({ weixin }: Config): readonly string[] {
  return 'apps' in weixin ? [weixin.url, counted(weixin.apps.length, 'Mini Program')] : [];
}

function store({ storeState }: Gateway, { redis }: Config): readonly string[] {
  if (redis === undefined) return ['in this process: a restart forgets every session'];
  const place = `Redis at ${redisPlace(redis.servers)}`;
  if (storeState() === 'up') return [place];
  return [place, 'OUT OF REACH: every answer is ServiceUnavailableError until it is back. Check REDIS_URL'];
}

/** Where it is, without the user name and the password. */
function redisPlace(servers: RedisServers): string {
  switch (servers.kind) {
    case 'node':
      return addressText(servers.node);
    case 'sentinel':
      return `${servers.name} of the sentinels ${servers.sentinels.map(addressText).join(', ')}`;
    case 'cluster':
      return `the cluster of ${servers.nodes.map(addressText).join(', ')}`;
  }
}

function proofKeys({ proofKeys }: Config): string {
  if (proofKeys === undefined) return 'a key made at this start: its proofs end with the process';
  return proofKeys.length === 0 ? 'none, so no proofs: PROOF_KEY_FILE is unset' : counted(proofKeys.length, 'key');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function firstLogin(url: string, simulatorUrl: string): readonly string[] {
  const query = 'mutation($c:String!){login(input:{code:$c}){__typename ...on LoginSuccess{token}}}';
  return [
    '',
    '  Try: a code from the simulated phone, and the login mutation with it',
    '',
    `    CODE=$(curl -s -X POST ${simulatorUrl}/phone/login | sed 's/.*"code":"\\([^"]*\\)".*/\\1/')`,
    `    curl -s ${url}/graphql -H 'content-type: application/json' \\`,
    `      -d '{"query":"${query}","variables":{"c":"'$CODE'"}}'`,
  ];
}
