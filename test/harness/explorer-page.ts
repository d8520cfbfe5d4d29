import type { RunnableOperation } from '../../src/playground/explorer/operations.js';
import type { RunningGateway } from './running-gateway.js';

/** What a browser accepts when somebody visits a page. */
export const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

export interface Visit {
  readonly status: number;
  readonly type: string | null;
  readonly cache: string | null;
  readonly text: string;
}

export async function get({ gateway }: RunningGateway, path: string, accept: string): Promise<Visit> {
  const response = await fetch(gateway.url + path, { headers: { accept } });
  const { headers, status } = response;
  return {
    status,
    type: headers.get('content-type'),
    cache: headers.get('cache-control'),
    text: await response.text(),
  };
}

/** The operations that an explorer's page carries. */
export function readyOperations(page: string): readonly RunnableOperation[] {
  const [, data = '[]'] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page) ?? [];
  return JSON.parse(data) as readonly RunnableOperation[];
}
