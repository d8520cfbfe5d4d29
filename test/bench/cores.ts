import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Where the measured server runs, and where everything else does; undefined where that cannot be chosen. */
export interface Cores {
  readonly server: string;
  readonly others: string;
}

/** The cores of this process, shared out; pins this process, and with it whatever it starts, to those of the others. */
export function shareOutCores(): Cores | undefined {
  try {
    const [server, ...others] = allowedCores();
    if (server === undefined || others.length === 0) return undefined;
    const cores = { server: String(server), others: others.join(',') };
    execFileSync('taskset', ['-apc', cores.others, String(process.pid)], { stdio: 'ignore' });
    return cores;
  } catch {
    return undefined;
  }
}

function allowedCores(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}
