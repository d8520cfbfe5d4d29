import { type Inputs, mixed } from './inputs.js';
import { type Demand, redisCapacity, type RedisCapacity } from './redis-capacity.js';

const DAY = 86_400;
/** Fewer gateways have no spare one for a restart. */
const GATEWAYS_AT_LEAST = 2;

/** What some users a day need in their peak second. */
export interface Capacity {
  readonly peak: Demand;
  /** Cores of gateways at full use. */
  readonly gatewayCores: number;
  /** Gateways of a core each at the use that is aimed at. */
  readonly gateways: number;
  readonly gatewayGiB: number;
  readonly redis: RedisCapacity;
  /** Megabits a second. */
  readonly network: { readonly http: number; readonly redis: number };
  readonly weixin: WeixinCalls;
}

export interface WeixinCalls {
  readonly loginsASecond: number;
  readonly loginsADay: number;
  /** Calls of code2Session at one time. */
  readonly loginsInFlight: number;
  /** Calls of getuserphonenumber a day if every number came by a code, and none by decryption. */
  readonly phoneCodesADay: number;
  /** Calls of stable_token a day, of all gateways on one Redis together. */
  readonly tokensADay: number;
}

/** Computes what the inputs need. Linear in `users` but for whole gateways and shards. */
export function capacity(inputs: Inputs): Capacity {
  const { users, peak, utilisation } = inputs;
  const aSecond = (aUserADay: number) => (users * aUserADay * peak) / DAY;
  const [logins, phones, reads] = [aSecond(inputs.logins), aSecond(inputs.phones), aSecond(inputs.reads)];
  const touches = inputs.touch * (phones + reads);
  const demand = { logins, phones, reads, touches };

  const gatewayMicroseconds =
    logins * inputs.loginCpu +
    phones * mixed(inputs, inputs.phoneCpu, inputs.phoneFarCpu) +
    reads * mixed(inputs, inputs.readCpu, inputs.readFarCpu) +
    touches * inputs.touchCpu;
  const gatewayCores = gatewayMicroseconds / 1_000_000;
  const gateways = Math.max(GATEWAYS_AT_LEAST, Math.ceil(gatewayCores / utilisation));
  const redisBytes =
    logins * inputs.loginRedisBytes +
    phones * mixed(inputs, inputs.phoneRedisBytes, inputs.phoneFarRedisBytes) +
    reads * mixed(inputs, 0, inputs.readFarRedisBytes) +
    touches * inputs.touchRedisBytes;
  const megabits = (bytes: number) => (bytes * 8) / 1_000_000;
  return {
    peak: demand,
    gatewayCores,
    gateways,
    gatewayGiB: (gateways * inputs.gatewayMemory) / 1_024,
    redis: redisCapacity(inputs, demand, gateways),
    network: { http: megabits((logins + phones + reads) * inputs.httpBytes), redis: megabits(redisBytes) },
    weixin: {
      loginsASecond: logins,
      loginsADay: users * inputs.logins,
      loginsInFlight: (logins * inputs.weixinLatency) / 1_000,
      phoneCodesADay: users * inputs.phones,
      tokensADay: (inputs.apps * DAY) / (inputs.tokenLife - inputs.tokenRenewed),
    },
  };
}

/** Users a day whom one gateway carries, at the use that is aimed at. */
export function usersOfAGateway(inputs: Inputs): number {
  return inputs.utilisation / capacity({ ...inputs, users: 1 }).gatewayCores;
}

/** Users a day whom Redis carries with so many masters, by processor time and by memory; the lesser is what it carries. */
export function usersOfRedis(inputs: Inputs, shards: number): { readonly byCpu: number; readonly byMemory: number } {
  const { cores, hotCores, memoryGiB } = capacity({ ...inputs, users: 1 }).redis;
  return {
    byCpu: inputs.utilisation / (hotCores + (cores - hotCores) / shards),
    byMemory: (shards * inputs.shardMemory) / memoryGiB,
  };
}
