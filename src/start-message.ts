import type { Config } from './config.js';
import type { Gateway } from './gateway.js';

/** What a person who started the gateway may do next. */
export function startMessage({ url, simulator }: Gateway, { production }: Config): string {
  const page =
    simulator === undefined ? [] : [`  Try it           ${url}/   (in a browser: a phone to tap on, and what is said)`];
  const explorer = production ? [] : [`  Apollo Sandbox   ${url}/graphql   (in a browser)`];
  const weixin = simulator === undefined ? [] : simulatorLines(url, simulator.url);
  return ['', ...page, `  GraphQL          POST ${url}/graphql`, ...explorer, ...weixin, '', ''].join('\n');
}

function simulatorLines(url: string, simulatorUrl: string): string[] {
  const query = 'mutation($c:String!){login(input:{code:$c}){__typename ...on LoginSuccess{token}}}';
  return [
    `  Simulator        ${simulatorUrl}   THIS IS NOT WEIXIN: it logs anybody in`,
    '',
    '  Try: a code from the simulated phone, and the login mutation with it',
    '',
    `    CODE=$(curl -s -X POST ${simulatorUrl}/phone/login | sed 's/.*"code":"\\([^"]*\\)".*/\\1/')`,
    `    curl -s ${url}/graphql -H 'content-type: application/json' \\`,
    `      -d '{"query":"${query}","variables":{"c":"'$CODE'"}}'`,
  ];
}
