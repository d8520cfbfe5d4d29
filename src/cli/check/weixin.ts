import type { Config } from '../../config/config.js';
import type { AppId } from '../../domain/app.js';
import type { CallOutcome } from './call-outcome.js';
import { ClockComparison } from './clock.js';
import { type Finding, failed, passed } from './finding.js';
import type { RedisCheck } from './redis.js';
import { type TriedApps, tryApps } from './weixin-apps.js';
import { CHECK_ENCRYPTED_DATA, type HarmlessCall, HARMLESS_CALLS } from './weixin-calls.js';

/** Different outcomes of one call that are reported; Mini Programs with further ones share one finding. */
const MAX_OUTCOMES = 20;

/** Tries every Mini Program at Weixin, and compares the clock with Weixin's. */
export async function checkWeixin(
  config: Config,
  { clock, clockOf }: Pick<RedisCheck, 'clock' | 'clockOf'>,
): Promise<readonly Finding[]> {
  const { weixin } = config;
  if (!('apps' in weixin)) {
    const advice = 'Set WEIXIN_APPS or WEIXIN_APPS_FILE to try your Mini Programs.';
    return [passed('Weixin', 'the simulator stands in for it, so nothing was tried', advice)];
  }
  const comparison = new ClockComparison(clock);
  const tried = await tryApps(config, weixin, clock, (date) => comparison.note(date));
  const byCall = HARMLESS_CALLS.flatMap((call) =>
    groupsOf(call, tried).map((group) => findingOf(call, group, config.verifyOrigin)),
  );
  return [...byCall, ...notTried(tried), comparison.finding(clockOf, config)];
}

/** Mini Programs with the same outcome of a call. */
interface Group {
  readonly outcome: CallOutcome;
  readonly appIds: AppId[];
}

/** The good outcome first. */
function groupsOf(call: HarmlessCall, { outcomes }: TriedApps): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [{ appId }, byCall] of outcomes) {
    const outcome = byCall.get(call);
    if (outcome === undefined) continue;
    const isRoom = groups.has(textOf(outcome)) || groups.size < MAX_OUTCOMES;
    const reported = isRoom ? outcome : { ...outcome, ...OTHER_OUTCOME };
    const group = groups.get(textOf(reported)) ?? { outcome: reported, appIds: [] };
    group.appIds.push(appId);
    groups.set(textOf(reported), group);
  }
  return [...groups.values()].sort((a, b) => Number(b.outcome.ok) - Number(a.outcome.ok));
}

function textOf({ found, remedy = '' }: CallOutcome): string {
  return `${found}\n${remedy}`;
}

const OTHER_OUTCOME = { found: 'other outcomes', remedy: 'Mend the others first, and check again.' };

function findingOf(call: HarmlessCall, { outcome, appIds }: Group, verifyOrigin: boolean): Finding {
  const tried = `Weixin ${call.name}`;
  const { ok, found, remedy, trouble } = outcome;
  if (ok) return { ...passed(tried, found), appIds };
  const isUnused = call === CHECK_ENCRYPTED_DATA && !verifyOrigin && trouble === undefined;
  return isUnused
    ? { ...passed(tried, `${found}; VERIFY_ORIGIN=never does not need it`), appIds }
    : { ...failed(tried, found, remedy), appIds };
}

function notTried({ notTried: apps }: TriedApps): readonly Finding[] {
  if (apps.length === 0) return [];
  const finding = failed('Weixin', 'not tried, since Weixin does not answer, or not in time', 'Mend that first.');
  return [{ ...finding, appIds: apps.map(({ appId }) => appId) }];
}
