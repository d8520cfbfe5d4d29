import { startGateway } from './app/gateway.js';
import { readCommandLine } from './cli/command-line.js';
import { StartError, withRemedy } from './cli/start-error.js';
import { startMessage } from './cli/start-message.js';
import { loadConfig } from './config/config.js';
import { ConfigError } from './config/env-reader.js';
import { secretVariables } from './config/variables.js';
import type { Milliseconds } from './domain/clock.js';
import type { Log } from './domain/log.js';
import { createLog } from './observability/log.js';

/** Longest time from SIGTERM to the end of the process; orchestrators kill after 10 s or more. */
const STOP_DEADLINE: Milliseconds = 9_000;
/** From the end of the stop to that of the process: what is still open then, such as an export to a silent collector, is given up. */
const LINGER: Milliseconds = 500;

async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2));
  if ('check' in command) {
    exitOnCrash(createLog('error', process.stderr));
    const { printCheck } = await import('./cli/check/check.js');
    const env = { ...process.env };
    forgetSecrets();
    return printCheck(env, command.check, process.stdout);
  }
  if (!command.start) {
    (command.status === 0 ? process.stdout : process.stderr).write(command.text);
    process.exitCode = command.status;
    return;
  }
  const config = loadConfig(process.env);
  forgetSecrets();
  const log = createLog(config.logLevel);
  exitOnCrash(log);
  for (const warning of config.warnings) log.warn({}, warning);
  const gateway = await startGateway(config, log).catch((error: unknown) => {
    throw withRemedy(error, config);
  });
  stopOnSignal(() => gateway.stop(), log);
  // Without such a file SIGHUP ends the process, as it does when a terminal closes.
  if ('apps' in config.weixin && config.weixin.appsFile !== undefined) {
    process.on('SIGHUP', () => void gateway.rereadApps());
  }
  log.info({ url: gateway.url }, 'listening');
  if (gateway.metricsUrl !== undefined) log.info({ url: gateway.metricsUrl }, 'metrics');
  if (gateway.backendUrl !== undefined) log.info({ url: gateway.backendUrl }, 'back ends');
  if (gateway.simulator !== undefined) {
    log.warn({ url: gateway.simulator.url }, 'THIS IS NOT WEIXIN: a simulator stands in for it, and logs anybody in');
  }
  if (process.stderr.isTTY || !config.production) {
    process.stderr.write(startMessage(gateway, config, process.stderr));
  }
}

/** Only diagnostic reports read the environment later, and they must not contain secrets. */
function forgetSecrets(): void {
  for (const name of secretVariables) Reflect.deleteProperty(process.env, name);
}

function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let isStopping = false;
  const begin = () => {
    // Supervisors and npm may send a signal twice; the second one must not cut the drain short.
    if (isStopping) return;
    isStopping = true;
    log.info({}, 'stopping: finishing what is in flight');
    setTimeout(() => process.exit(), STOP_DEADLINE).unref();
    stop().then(
      () => {
        log.info({}, 'stopped');
        setTimeout(() => process.exit(), LINGER).unref();
      },
      (error: unknown) => {
        process.exitCode = 1;
        log.error({ error }, 'could not stop in good order');
      },
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
}

/**
 * Exits on uncaught errors with status 1, logging one redacted line: an error's message may quote a secret. Nothing is
 * finished first, because such an error may have left anything half done.
 */
function exitOnCrash(log: Log): void {
  const exit = (reason: string) => (error: unknown) => {
    try {
      log.error({ error, reason }, 'unexpected error: the process ends');
    } finally {
      process.exit(1);
    }
  };
  process.on('uncaughtException', exit('uncaught exception'));
  process.on('unhandledRejection', exit('unhandled rejection'));
}

main().catch((error: unknown) => {
  const message = error instanceof ConfigError || error instanceof StartError ? error.message : (error as Error).stack;
  process.stderr.write(`weixin-phone-gateway cannot start. ${message}\n`);
  // Servers that were started before the failure may still be listening.
  process.exit(1);
});
