import { isLoopback } from '../domain/loopback.js';
import { parseUrl } from './url.js';
import type { Settings, VariableName } from './variables.js';

/** The rules between the variables of where Weixin is and where tokens come from. */
export function weixinRules(
  { production, weixin }: Settings,
  isSet: (name: VariableName) => boolean,
): readonly (readonly [isBroken: boolean, problem: string])[] {
  const hasTokenUrl = isSet('WEIXIN_TOKEN_URL') || isSet('WEIXIN_COMPONENT_TOKEN_URL');
  const urls = [
    ['WEIXIN_API_URL', weixin.api],
    ['WEIXIN_TOKEN_URL', weixin.tokenUrl],
    ['WEIXIN_COMPONENT_TOKEN_URL', weixin.componentTokenUrl],
  ] as const;
  return [
    ...urls.map(
      ([name, url]) =>
        [
          production && !weixin.allowHttp && url !== undefined && crossesNetworkInTheClear(url),
          `${name} must be https in production, or a loopback address: secrets travel over it. WEIXIN_ALLOW_HTTP=on allows http.`,
        ] as const,
    ),
    [
      isSet('WEIXIN_COMPONENT_APP_ID') && !isSet('WEIXIN_COMPONENT_TOKEN_URL'),
      "WEIXIN_COMPONENT_TOKEN_URL is needed with WEIXIN_COMPONENT_APP_ID: where the platform's token comes from.",
    ],
    [
      isSet('WEIXIN_COMPONENT_TOKEN_URL') && !isSet('WEIXIN_COMPONENT_APP_ID'),
      'WEIXIN_COMPONENT_APP_ID is needed with WEIXIN_COMPONENT_TOKEN_URL: the appid of the platform.',
    ],
    [
      isSet('WEIXIN_TOKEN_HEADER_FILE') && !hasTokenUrl,
      'WEIXIN_TOKEN_HEADER_FILE has no effect without WEIXIN_TOKEN_URL or WEIXIN_COMPONENT_TOKEN_URL.',
    ],
    [
      isSet('WEIXIN_CLOUD_TOKEN_FILE') && isSet('WEIXIN_TOKEN_URL'),
      'WEIXIN_CLOUD_TOKEN_FILE and WEIXIN_TOKEN_URL exclude each other: set one of them.',
    ],
  ];
}

/** A sentence for the log, if a setting is probably a mistake. */
export function weixinWarnings(isSet: (name: string) => boolean): readonly string[] {
  const isBlind = isSet('WEIXIN_COMPONENT_APP_ID') && !isSet('WEIXIN_TOKEN_URL') && !isSet('WEIXIN_CLOUD_TOKEN_FILE');
  return isBlind
    ? [
        "WEIXIN_TOKEN_URL is unset: exchangePhoneCode, resolveCloudPhone and checkSession need the Mini Programs' tokens.",
      ]
    : [];
}

function crossesNetworkInTheClear(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && url.protocol !== 'https:' && !isLoopback(url.hostname);
}
