import { type Inputs, mixed } from './inputs.js';

const DAY = 86_400;
const GIB = 2 ** 30;

/** Requests in the peak second. */
export interface Demand {
  readonly logins: number;
  readonly phones: number;
  readonly reads: number;
  /** Phones and reads that note the session's use. */
  readonly touches: number;
}

export interface RedisCapacity {
  /** At all masters together, with heartbeats. */
  readonly commandsASecond: number;
  /** Cores at full use, of all masters together. */
  readonly cores: number;
  /** Of those, what one master has, however many there are: the counts of logins share a slot. */
  readonly hotCores: number;
  readonly users: number;
  readonly sessions: number;
  /** With the reserve, without replicas. */
  readonly memoryGiB: number;
  /** Masters for the processor time, and for the memory; Infinity if one slot alone is too much for a core. */
  readonly byCpu: number;
  readonly byMemory: number;
  readonly shards: number;
}

export function redisCapacity(
  inputs: Inputs,
  { logins, phones, reads, touches }: Demand,
  gateways: number,
): RedisCapacity {
  const { utilisation } = inputs;
  const microseconds =
    logins * inputs.loginRedisCpu +
    phones * mixed(inputs, inputs.phoneRedisCpu, inputs.phoneFarRedisCpu) +
    reads * mixed(inputs, 0, inputs.readFarRedisCpu) +
    touches * inputs.touchRedisCpu;
  const cores = microseconds / 1_000_000;
  const hotCores = (logins * inputs.loginCountsCpu) / 1_000_000;

  const users = usersWithRecord(inputs);
  const sessions = heldSessions(inputs, logins);
  const codes = logins * inputs.codeKept;
  const data = users * inputs.userBytes + sessions * inputs.sessionBytes + codes * inputs.codeBytes;
  const memoryGiB = (data * inputs.memoryReserve) / GIB;

  // One core takes all, or the slot of the counts and its share of the rest.
  const spare = utilisation - hotCores;
  const byCpu = cores <= utilisation ? 1 : spare > 0 ? Math.ceil((cores - hotCores) / spare) : Infinity;
  const byMemory = Math.ceil(memoryGiB / inputs.shardMemory);
  const shards = Math.max(1, byCpu, byMemory);
  const commands =
    logins * inputs.loginCommands +
    phones * mixed(inputs, inputs.phoneCommands, inputs.phoneFarCommands) +
    reads * mixed(inputs, 0, inputs.readFarCommands) +
    touches * inputs.touchCommands;
  const commandsASecond = commands + inputs.heartbeat * gateways * shards;
  return { commandsASecond, cores, hotCores, users, sessions, memoryGiB, byCpu, byMemory, shards };
}

/** Users of as many days as a record is kept. */
function usersWithRecord({ users, fresh, absolute }: Inputs): number {
  return users * (1 + fresh * Math.max(0, absolute / DAY - 1));
}

/** Sessions at one time: those of the peak, as if it lasted as long as a session, but not more than the days have. */
function heldSessions({ users, logins, idle, use }: Inputs, loginsASecond: number): number {
  const life = idle + use;
  return Math.min(loginsASecond * life, ((users * logins) / DAY) * Math.max(life, DAY));
}
