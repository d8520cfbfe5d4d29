import { createGatewayClient, type GatewayClient, type GatewayClientOptions } from '../../src/client/index.js';
import { ImpatientTimer } from './impatient-timer.js';
import type { RunningGateway } from './running-gateway.js';
import { WxStandIn } from './wx-stand-in.js';

/** A Mini Program on somebody's phone, with the client in it. */
export interface MiniProgram {
  readonly wx: WxStandIn;
  readonly timer: ImpatientTimer;
  readonly client: GatewayClient;
  /** The same Mini Program, started anew on the same phone. */
  restarted(): GatewayClient;
}

export function startMiniProgram(
  running: RunningGateway,
  options: Partial<GatewayClientOptions> = {},
  wx = new WxStandIn(running),
): MiniProgram {
  const timer = new ImpatientTimer(running.clock);
  const start = () => createGatewayClient({ wx, url: `${running.gateway.url}/graphql`, timer, ...options });
  return { wx, timer, client: start(), restarted: start };
}
