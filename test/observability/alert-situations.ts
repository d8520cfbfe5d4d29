/** Samples of one metric, a minute apart, as promtool writes them: `0+60x10` is 0, 60, …, 600. */
type Series = Readonly<Record<string, string>>;

/** What an alert is for, and what looks like it and is none. */
export interface AlertSituation {
  readonly fires: Series;
  /** Labels of the alert, beside its severity. */
  readonly labels: Readonly<Record<string, string>>;
  readonly quiet: Series;
}

const GATEWAY = 'job="weixin-phone-gateway",instance="a"';
const JOB = { job: 'weixin-phone-gateway' };
const INSTANCE = { ...JOB, instance: 'a' };

function metric(name: string, labels = ''): string {
  return `${name}{${GATEWAY}${labels === '' ? '' : `,${labels}`}}`;
}

function operations(result: string): string {
  return metric('gateway_operation_seconds_count', `operation="login",result="${result}"`);
}

function calls(outcome: string, endpoint = '/sns/jscode2session'): string {
  return metric('gateway_weixin_call_seconds_count', `endpoint="${endpoint}",outcome="${outcome}"`);
}

/** Observations of a histogram: so many a minute up to this bucket, and so many above it. */
function histogram(name: string, bucket: string, labels: string, { below, above }: { below: number; above: number }) {
  return {
    [metric(`${name}_bucket`, `${labels},le="${bucket}"`)]: `0+${below}x30`,
    [metric(`${name}_bucket`, `${labels},le="2.5"`)]: `0+${below + above}x30`,
    [metric(`${name}_bucket`, `${labels},le="+Inf"`)]: `0+${below + above}x30`,
  };
}

const TOKENS = '/cgi-bin/stable_token';

/** By alert; 20 minutes have passed when it is looked at. */
export const situations: Readonly<Record<string, AlertSituation>> = {
  GatewayDown: { fires: { [metric('up')]: '0x30' }, labels: INSTANCE, quiet: { [metric('up')]: '1x30' } },
  GatewayStoreDown: {
    fires: { [metric('gateway_store_up')]: '1x10 0x20' },
    labels: INSTANCE,
    quiet: { [metric('gateway_store_up')]: '1x30' },
  },
  GatewayUnavailableAnswers: {
    fires: { [operations('ServiceUnavailableError')]: '0+10x30', [operations('LoginSuccess')]: '0+90x30' },
    labels: { ...JOB, operation: 'login' },
    quiet: { [operations('ServiceUnavailableError')]: '0+1x30', [operations('LoginSuccess')]: '0+99x30' },
  },
  GatewayShedding: {
    fires: { [metric('gateway_requests_shed_total')]: '0+60x30' },
    labels: INSTANCE,
    quiet: { [metric('gateway_requests_shed_total')]: '0+60x5 300x25' },
  },
  GatewayEventLoopSlow: {
    fires: { [metric('nodejs_eventloop_lag_p99_seconds')]: '0.4x30' },
    labels: INSTANCE,
    quiet: { [metric('nodejs_eventloop_lag_p99_seconds')]: '0.03x30' },
  },
  GatewayErrors: {
    fires: { [operations('ERROR')]: '0+10x30', [operations('LoginSuccess')]: '0+90x30' },
    labels: { ...JOB, operation: 'login' },
    quiet: { [operations('InvalidCodeError')]: '0+50x30', [operations('LoginSuccess')]: '0+50x30' },
  },
  GatewayWeixinRefusesUs: {
    // The series appears with its first count.
    fires: { [metric('gateway_weixin_operator_errors_total', 'endpoint="/e",errcode="40164"')]: '_x15 1x15' },
    labels: { ...INSTANCE, endpoint: '/e', errcode: '40164' },
    quiet: { [metric('gateway_weixin_operator_errors_total', 'endpoint="/e",errcode="40164"')]: '5x30' },
  },
  GatewayWeixinFailing: {
    fires: { [calls('lost')]: '0+20x30', [calls('0')]: '0+80x30' },
    labels: { ...JOB, endpoint: '/sns/jscode2session' },
    quiet: { [calls('40029')]: '0+60x30', [calls('0')]: '0+40x30' },
  },
  GatewayWeixinBreakerOpen: {
    fires: { [metric('gateway_weixin_breaker_open', 'app="wx1",endpoint="/e"')]: '1x30' },
    labels: { ...INSTANCE, app: 'wx1', endpoint: '/e' },
    quiet: { [metric('gateway_weixin_breaker_open', 'app="wx1",endpoint="/e"')]: '0x30' },
  },
  GatewayWeixinSlow: {
    fires: histogram('gateway_weixin_call_seconds', '1', 'endpoint="/e"', { below: 80, above: 20 }),
    labels: { ...JOB, endpoint: '/e' },
    quiet: histogram('gateway_weixin_call_seconds', '1', 'endpoint="/e"', { below: 99, above: 1 }),
  },
  GatewayAccessTokenNotRenewed: {
    fires: { [calls('40125', TOKENS)]: '0+1x30' },
    labels: JOB,
    quiet: { [calls('-1', TOKENS)]: '0+1x30', [calls('0', TOKENS)]: '0+1x30' },
  },
  GatewayRateLimiting: {
    fires: { [metric('gateway_rate_limit_refusals_total', 'limit="login_by_address"')]: '0+120x30' },
    labels: { ...INSTANCE, limit: 'login_by_address' },
    quiet: { [metric('gateway_rate_limit_refusals_total', 'limit="login_by_address"')]: '0+10x30' },
  },
  GatewayForgeries: {
    fires: { [metric('gateway_failure_budget_refusals_total')]: '0+5x30' },
    labels: INSTANCE,
    quiet: { [metric('gateway_failure_budget_refusals_total')]: '0+1x30' },
  },
  GatewayBackEndCredentials: {
    fires: { [metric('gateway_backend_requests_total', 'endpoint="/introspect",outcome="invalid_client"')]: '0+5x30' },
    labels: { ...INSTANCE, endpoint: '/introspect', outcome: 'invalid_client' },
    quiet: { [metric('gateway_backend_requests_total', 'endpoint="/introspect",outcome="inactive"')]: '0+500x30' },
  },
  GatewayRedisErrors: {
    fires: { [metric('gateway_redis_errors_total', 'kind="OOM"')]: '0+60x30' },
    labels: { ...INSTANCE, kind: 'OOM' },
    quiet: { [metric('gateway_redis_errors_total', 'kind="lost"')]: '0x15 20x15' },
  },
  GatewayRedisSlow: {
    fires: histogram('gateway_redis_command_seconds', '0.05', 'command="GET"', { below: 90, above: 10 }),
    labels: JOB,
    quiet: histogram('gateway_redis_command_seconds', '0.05', 'command="GET"', { below: 999, above: 1 }),
  },
  GatewayRedisReconnects: {
    fires: { [metric('gateway_redis_connections_total')]: '1+1x30' },
    labels: INSTANCE,
    quiet: { [metric('gateway_redis_connections_total')]: '1x15 2x15' },
  },
  GatewayNearCopiesOff: {
    fires: {
      [metric('gateway_store_near_copies')]: '0x30',
      [metric('gateway_redis_connections_total')]: '1x30',
      [metric('gateway_store_up')]: '1x30',
    },
    labels: INSTANCE,
    // The store is in the process.
    quiet: {
      [metric('gateway_store_near_copies')]: '0x30',
      [metric('gateway_redis_connections_total')]: '0x30',
      [metric('gateway_store_up')]: '1x30',
    },
  },
  GatewayForeignRecords: {
    fires: { [metric('gateway_store_unopened_records_total')]: '0x15 3x15' },
    labels: INSTANCE,
    quiet: { [metric('gateway_store_unopened_records_total')]: '3x30' },
  },
  GatewaySessionsFull: {
    fires: { [metric('gateway_sessions')]: '96000x30', [metric('gateway_sessions_max')]: '100000x30' },
    labels: INSTANCE,
    quiet: { [metric('gateway_sessions')]: '60000x30', [metric('gateway_sessions_max')]: '100000x30' },
  },
  GatewaySpansLost: {
    fires: { [metric('gateway_spans_total', 'outcome="lost"')]: '0+512x30' },
    labels: { ...INSTANCE, outcome: 'lost' },
    quiet: { [metric('gateway_spans_total', 'outcome="exported"')]: '0+512x30' },
  },
};
