import { setFlagsFromString } from 'node:v8';
import { readCommandLine } from './cli/command-line.js';
import { loadConfig } from './config/config.js';
import { ConfigError } from './config/env-reader.js';
import { endOnCrash } from './cli/crash.js';
import { startGateway } from './app/gateway.js';
import { rehearse } from './app/rehearsal.js';
import { createLog } from './observability/log.js';
import { StartError, withRemedy } from './cli/start-error.js';
import { startMessage } from './cli/start-message.js';
import { v8Flags } from './app/v8-flags.js';

/** Milliseconds from SIGTERM to the end of the process at the latest; orchestrators kill after 10 s or more. */
const STOP_DEADLINE = 9_000;

/** Variables that hold secrets themselves, where others name a file. */
const SECRET_VARIABLES = ['WEIXIN_APPS', 'STORE_KEYS', 'REDIS_URL'];

async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2));
  if (!command.start) {
    (command.status === 0 ? process.stdout : process.stderr).write(command.text);
    process.exitCode = command.status;
    return;
  }
  const config = loadConfig(process.env);
  for (const flag of v8Flags(config.redis === undefined ? 'memory' : 'redis')) setFlagsFromString(flag);
  // Whatever reads the environment later, a diagnostic report above all, has no use for these.
  for (const name of SECRET_VARIABLES) Reflect.deleteProperty(process.env, name);
  const log = createLog(config.logLevel);
  endOnCrash(log);
  for (const warning of config.warnings) log.warn({}, warning);
  await rehearse().catch((error: unknown) => log.warn({ error }, 'no rehearsal: the first requests will be slow'));
  const gateway = await startGateway(config, log).catch((error: unknown) => {
    throw withRemedy(error, config);
  });
  log.info({ url: gateway.url }, 'listening');
  if (gateway.metricsUrl !== undefined) log.info({ url: gateway.metricsUrl }, 'metrics');
  if (gateway.simulator !== undefined) {
    log.warn({ url: gateway.simulator.url }, 'THIS IS NOT WEIXIN: a simulator stands in for it, and logs anybody in');
  }
  if (process.stderr.isTTY || !config.production) {
    process.stderr.write(startMessage(gateway, config, process.stderr));
  }

  let isStopping = false;
  const stop = () => {
    // Supervisors and npm may send a signal twice; the second one must not cut the drain short.
    if (isStopping) return;
    isStopping = true;
    log.info({}, 'stopping: finishing what is in flight');
    setTimeout(() => process.exit(), STOP_DEADLINE).unref();
    gateway.stop().then(
      () => log.info({}, 'stopped'),
      (error: unknown) => {
        process.exitCode = 1;
        log.error({ error }, 'could not stop in good order');
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError || error instanceof StartError ? error.message : (error as Error).stack;
  process.stderr.write(`weixin-phone-gateway cannot start. ${message}\n`);
  // What was started before the failure may still be listening.
  process.exit(1);
});
