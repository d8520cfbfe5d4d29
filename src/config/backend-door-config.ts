import type { BackendClient } from '../domain/backend-client.js';
import type { Settings } from './variables.js';

/** Where your own back ends call, and which of them may. */
export interface BackendDoorConfig {
  readonly host: string;
  readonly port: number;
  /** Where they reach it, if that is another place than it listens on. */
  readonly url: string | undefined;
  readonly clients: readonly BackendClient[];
}

export function backendDoor({
  host,
  port,
  url,
  clients,
  clientsFile,
}: Settings['backend']): BackendDoorConfig | undefined {
  if (port === undefined) return undefined;
  return { host, port, url: url?.origin, clients: clients ?? clientsFile ?? [] };
}
