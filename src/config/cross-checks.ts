import { isLoopback } from '../domain/loopback.js';
import { redisRules } from './redis-rules.js';
import type { Settings, VariableName } from './variables.js';
import { weixinRules } from './weixin-rules.js';

/**
 * Checks the rules between variables. Returns the broken rules as sentences that name the variables and show no value.
 *
 * @param settings an invalid variable has its default here, or undefined; its own problem is reported elsewhere
 * @param isSet whether a variable is set, even to an invalid value
 */
export function brokenRules(settings: Settings, isSet: (name: VariableName) => boolean): readonly string[] {
  const { production, weixin } = settings;
  const simulatorIsOn = weixin.simulator === 'on';
  const simulatorIsMistyped = isSet('WEIXIN_SIMULATOR') && weixin.simulator === undefined;
  const hasApps = isSet('WEIXIN_APPS') || isSet('WEIXIN_APPS_FILE');
  const isPrivate = isLoopback(settings.host);
  // If WEIXIN_SIMULATOR is unset, the simulator starts only if it cannot be mistaken for Weixin.
  const simulatorMayComeOn = weixin.simulator === undefined && isPrivate && !isSet('PROOF_KEY_FILE');

  const rules: readonly (readonly [isBroken: boolean, problem: string])[] = [
    [
      isSet('WEIXIN_APPS') && isSet('WEIXIN_APPS_FILE'),
      'WEIXIN_APPS and WEIXIN_APPS_FILE exclude each other: set one of them.',
    ],
    ...weixinRules(settings, isSet),
    [production && simulatorIsOn, 'WEIXIN_SIMULATOR must not be on in production: the simulator logs anybody in.'],
    [
      !production && simulatorIsOn && isSet('PROOF_KEY_FILE') && !isPrivate,
      'WEIXIN_SIMULATOR must not be on with PROOF_KEY_FILE unless HOST is a loopback address: ' +
        'real keys would sign numbers that anybody makes up.',
    ],
    [
      !hasApps && !simulatorIsMistyped && (production || !(simulatorIsOn || simulatorMayComeOn)),
      'WEIXIN_APPS or WEIXIN_APPS_FILE is needed: appid:secret of each Mini Program. ' +
        'The simulator stands in for Weixin only outside production, on a loopback HOST, and without PROOF_KEY_FILE.',
    ],
    ...redisRules(settings, isSet),
    [
      isSet('BACKEND_CLIENTS') && isSet('BACKEND_CLIENTS_FILE'),
      'BACKEND_CLIENTS and BACKEND_CLIENTS_FILE exclude each other: set one of them.',
    ],
    [
      isSet('BACKEND_PORT') && !isSet('BACKEND_CLIENTS') && !isSet('BACKEND_CLIENTS_FILE'),
      'BACKEND_CLIENTS or BACKEND_CLIENTS_FILE is needed with BACKEND_PORT: id:secret of each back end.',
    ],
    [
      settings.backend.port !== undefined && settings.backend.port !== 0 && settings.backend.port === settings.port,
      'BACKEND_PORT must not be PORT: the door for back ends is never on the public port.',
    ],
    [
      isSet('PROOF_KEY_FILE') && !isSet('PROOF_ISSUER'),
      'PROOF_ISSUER is needed with PROOF_KEY_FILE: the URL that names this gateway in proofs.',
    ],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, problem]) => problem);
}
