import type { Config } from '../config/config.js';

/** The gateway cannot start for an external reason. The message says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

interface SystemError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
}

/** Turns a failure to listen into a StartError that names the variables to change; other errors stay as they are. */
export function withRemedy(error: unknown, config: Config): unknown {
  if (!(error instanceof Error)) return error;
  const { code, syscall, address = '', hostname = '', port = 0 }: SystemError = error;
  if (syscall === 'getaddrinfo') {
    return new StartError(`${hostname} has no address: set ${hostVariables(config, hostname)} to one of this machine.`);
  }
  if (syscall !== 'listen') return error;
  const [ports, hosts] = [portVariables(config, port), hostVariables(config, address)];
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} of ${address} is taken: set ${ports} to another one, or to 0 for a free one.`,
      );
    case 'EACCES':
      return new StartError(`This user may not listen on port ${port} of ${address}: set ${ports} to 1024 or above.`);
    case 'EADDRNOTAVAIL':
      return new StartError(`${address} is no address of this machine: set ${hosts} to one, or to 0.0.0.0 for all.`);
    default:
      return new StartError(`${error.message}. Where it listens is set by ${hosts} and ${ports}.`);
  }
}

function portVariables({ port, metrics, weixin }: Config, taken: number): string {
  const simulatorPort = 'simulatorPort' in weixin ? weixin.simulatorPort : undefined;
  return names([
    ['PORT', port === taken],
    ['METRICS_PORT', metrics?.port === taken],
    ['WEIXIN_SIMULATOR_PORT', simulatorPort === taken],
  ]);
}

function hostVariables({ host, metrics }: Config, address: string): string {
  return names([
    ['HOST', host === address],
    ['METRICS_HOST', metrics?.host === address],
  ]);
}

/** The names of the candidates that apply; the first name if none does. */
function names(candidates: readonly (readonly [string, boolean])[]): string {
  const chosen = candidates.filter(([, is]) => is).map(([name]) => name);
  return chosen.length > 0 ? chosen.join(' or ') : (candidates[0]?.[0] ?? '');
}
