/** An environment variable in a line of `--help`. */
export interface VariableHelp {
  readonly name: string;
  /** undefined: unset. */
  readonly fallback?: string;
  readonly meaning: string;
}

/** All of them, in the order of README.md's table; test/readme/help.test.ts holds both to what loadConfig reads. */
export const variables: readonly VariableHelp[] = [
  { name: 'NODE_ENV', fallback: 'development', meaning: 'production: no simulator, introspection, explorers' },
  { name: 'HOST', fallback: '127.0.0.1', meaning: 'address to listen on; in production 0.0.0.0' },
  { name: 'PORT', fallback: '4000', meaning: 'port to listen on; 0: a free one' },
  { name: 'WEIXIN_APPS', meaning: 'the Mini Programs: appid:secret, comma-separated' },
  { name: 'WEIXIN_APPS_FILE', meaning: 'the same as JSON in a file: [{"appId", "secret"}]' },
  { name: 'WEIXIN_SIMULATOR', meaning: 'on: a simulator in place of Weixin; off: never' },
  { name: 'WEIXIN_SIMULATOR_PORT', meaning: 'its port; unset: the one after PORT' },
  { name: 'WEIXIN_API_URL', fallback: 'https://api.weixin.qq.com', meaning: "where Weixin's server API is" },
  { name: 'WEIXIN_TIMEOUT_MS', fallback: '2500', meaning: "deadline of an answer of Weixin's" },
  { name: 'WEIXIN_MAX_IN_FLIGHT', fallback: '256', meaning: 'calls of Weixin at a time' },
  { name: 'REDIS_URL', meaning: 'state that several gateways share; unset: in this process' },
  { name: 'STORE_KEYS', meaning: 'seal what is secret in Redis: kid:base64 of 32 bytes,…' },
  { name: 'SESSION_MAX', fallback: '1000000', meaning: 'sessions held in this process' },
  { name: 'SESSIONS_PER_USER', fallback: '10', meaning: "one more login ends the user's oldest session" },
  { name: 'SESSION_IDLE_SECONDS', fallback: '7200', meaning: 'a session unused for that long ends' },
  { name: 'SESSION_ABSOLUTE_SECONDS', fallback: '604800', meaning: 'a session ends after that long, used or not' },
  {
    name: 'LOGIN_REPLAY_SECONDS',
    fallback: '60',
    meaning: 'a repeated login code gives the same session for that long',
  },
  { name: 'WATERMARK_MAX_AGE_SECONDS', fallback: '300', meaning: 'older data is refused' },
  { name: 'CLOCK_SKEW_SECONDS', fallback: '60', meaning: 'how far ahead data may be dated' },
  {
    name: 'DECRYPT_FAILURE_LIMIT',
    fallback: '20',
    meaning: 'documents that may fail under one session key in a window',
  },
  { name: 'DECRYPT_FAILURE_WINDOW_SECONDS', fallback: '3600', meaning: 'that window' },
  { name: 'LOGIN_LIMIT_PER_ADDRESS', fallback: '3000', meaning: 'login codes of one client address in a minute' },
  { name: 'LOGIN_LIMIT_PER_APP', fallback: '60000', meaning: 'login codes of one Mini Program in a minute' },
  { name: 'WEIXIN_LIMIT_PER_USER', fallback: '60', meaning: 'calls of Weixin that one user causes in a minute' },
  { name: 'DECRYPT_LIMIT_PER_USER', fallback: '120', meaning: 'documents that one user sends in a minute' },
  { name: 'OVERLOAD_IN_FLIGHT', fallback: '2000', meaning: 'requests under way at a time' },
  { name: 'OVERLOAD_DELAY_MS', fallback: '250', meaning: 'how long requests that are read at once may take' },
  { name: 'VERIFY_ORIGIN', fallback: 'never', meaning: 'always: ask Weixin whether it issued the data' },
  { name: 'PHONE_CODE_BINDING', fallback: 'openid', meaning: 'none: do not tell Weixin who must have tapped' },
  { name: 'PROOF_KEY_FILE', meaning: 'private keys that sign proofs (PEM)' },
  { name: 'PROOF_ISSUER', fallback: 'http://localhost:4000', meaning: 'iss of proofs' },
  { name: 'TRUSTED_DOCUMENTS', meaning: 'a manifest: only the operations in it run' },
  { name: 'METRICS_HOST', fallback: '127.0.0.1', meaning: 'address of /metrics' },
  { name: 'METRICS_PORT', meaning: 'port of /metrics; unset: no metrics' },
  { name: 'CORS_ORIGINS', meaning: 'origins that browsers may call from, comma-separated' },
  { name: 'TRUST_PROXY', fallback: '0', meaning: 'proxies in front to believe about the address of a client' },
  { name: 'MAX_CONNECTIONS', fallback: '10000', meaning: 'connections held; one more is closed at once' },
  { name: 'LOG_LEVEL', fallback: 'info', meaning: 'fatal, error, warn, info, debug, trace or silent' },
  { name: 'DRAIN_SECONDS', fallback: '1', meaning: 'how long to answer on after SIGTERM' },
];

export function helpText(): string {
  const width = Math.max(...variables.map(({ name }) => name.length));
  const lines = variables.map(({ name, fallback, meaning }) => {
    const byDefault = fallback === undefined ? '' : ` [${fallback}]`;
    return `  ${name.padEnd(width)}  ${meaning}${byDefault}`;
  });
  return `Usage: weixin-phone-gateway [--help] [--version]

Logs Weixin Mini Program users in and hands out phone numbers that can be trusted, by GraphQL.
Without any setting it starts on 127.0.0.1:4000 with a simulator in Weixin's place.
SIGTERM or Ctrl-C ends it in good order.

Environment variables [default]:
${lines.join('\n')}

README.md tells their bounds and reasons.
`;
}
