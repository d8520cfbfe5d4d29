import type { Env } from '../../config/env-reader.js';
import { checkConfiguration } from './configuration.js';
import type { Finding } from './finding.js';
import { checkProofKeys } from './proof-keys.js';
import { checkRedis } from './redis.js';
import { isAllWell, report, type ReportFormat } from './report.js';
import { checkWeixin } from './weixin.js';

/**
 * Tries the configuration against the world: variables, proof keys, Redis, Weixin, the clock. Starts no server, leaves
 * nothing behind, and shows no secret. Every wait has a deadline.
 */
async function check(env: Env): Promise<readonly Finding[]> {
  const { findings, config } = await checkConfiguration(env);
  if (config === undefined) return findings;
  const proofKeys = await checkProofKeys(config);
  const redis = await checkRedis(config);
  return [...findings, ...proofKeys, ...redis.findings, ...(await checkWeixin(config, redis))];
}

/** Prints the findings, and ends the process: with status 0 if all is well, and 1 otherwise. */
export async function printCheck(env: Env, format: ReportFormat, stream: NodeJS.WriteStream): Promise<void> {
  const findings = await check(env);
  // What is still open, such as a connection that hangs, is of no use any more.
  stream.write(report(findings, format, stream), () => process.exit(isAllWell(findings) ? 0 : 1));
}
