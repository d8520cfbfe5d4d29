/** An errcode that only the operator of the gateway can resolve. */
export interface OperatorErrcode {
  readonly errcode: number;
  /** Path for which this meaning holds; undefined: every endpoint without a row of its own. */
  readonly endpoint?: string;
  readonly meaning: string;
  /** The remedy, as a sentence for the log. */
  readonly mend: string;
}

const CREDENTIALS =
  'Compare the appid and its secret with the Mini Program admin console, and restart with the right ones.';
const ALLOW_LIST = "Add the gateway's public address to the IP allow list in the Mini Program admin console.";
const CONFIRMATION = 'Have the administrator of the Mini Program confirm the address in Weixin, then try again.';
const PERMISSION = 'Apply for the permission in the Mini Program admin console, under development and API permissions.';
const AUTHORIZATION = 'Have the owner authorize the third-party platform for this Mini Program again.';
const PLATFORM =
  'Look at the settings of the third-party platform in the Weixin Open Platform, and at its service of tickets and tokens.';
const ACCOUNT = 'Look for notices in the Mini Program admin console; the account may have to be verified or unblocked.';
const DEFECT = 'This is a defect of the gateway or of a proxy in front of Weixin: report it.';

/**
 * Meanings of Weixin's errcodes about the operator's side: credentials, addresses, permissions, accounts. Errcodes
 * neither here nor in the table of an endpoint concern the operator, too; the log then has only the number.
 * Source: developers.weixin.qq.com, "Global return codes" and the tables of the endpoints.
 */
export const OPERATOR_ERRCODES: readonly OperatorErrcode[] = [
  { errcode: 40001, endpoint: '/cgi-bin/stable_token', meaning: 'the app secret is wrong', mend: CREDENTIALS },
  {
    errcode: 40001,
    meaning: 'the access token is rejected, although it has just been renewed',
    mend: 'Find out who else fetches access tokens for this Mini Program, and have them use stable_token without force_refresh.',
  },
  { errcode: 40002, meaning: 'the grant type is wrong', mend: DEFECT },
  { errcode: 40013, meaning: 'the appid is wrong', mend: CREDENTIALS },
  {
    errcode: 40014,
    meaning: 'the access token is rejected, although it has just been renewed',
    mend: 'Find out who else fetches access tokens for this Mini Program, and have them use stable_token without force_refresh.',
  },
  { errcode: 40097, meaning: 'a parameter is wrong', mend: DEFECT },
  { errcode: 40125, meaning: 'the app secret is wrong', mend: CREDENTIALS },
  { errcode: 40164, meaning: "the gateway's address is not on the allow list", mend: ALLOW_LIST },
  {
    errcode: 40234,
    meaning: 'API signing is switched on for this Mini Program',
    mend: 'Switch API signing off for it.',
  },
  {
    errcode: 40235,
    meaning: 'API signing is switched on for this Mini Program',
    mend: 'Switch API signing off for it.',
  },
  {
    errcode: 40243,
    meaning: 'the app secret is frozen',
    mend: 'Unfreeze the secret in the Mini Program admin console.',
  },
  { errcode: 41001, meaning: 'the access token is missing', mend: DEFECT },
  { errcode: 41002, meaning: 'the appid is missing', mend: DEFECT },
  { errcode: 41004, meaning: 'the app secret is missing', mend: CREDENTIALS },
  { errcode: 41008, meaning: 'the code is missing', mend: DEFECT },
  { errcode: 42001, meaning: 'the access token has expired, although it has just been renewed', mend: DEFECT },
  { errcode: 43002, meaning: 'the request must be a POST', mend: DEFECT },
  { errcode: 44002, meaning: 'the body of the request is empty', mend: DEFECT },
  { errcode: 47001, meaning: 'the body of the request is not JSON', mend: DEFECT },
  { errcode: 48001, meaning: 'the Mini Program has no permission for this API', mend: PERMISSION },
  { errcode: 50001, meaning: 'the Mini Program is not authorized for this API', mend: PERMISSION },
  { errcode: 50002, meaning: 'the account of the Mini Program is limited', mend: ACCOUNT },
  { errcode: 50004, meaning: 'the account of the Mini Program is barred', mend: ACCOUNT },
  { errcode: 50007, meaning: 'the account of the Mini Program is barred', mend: ACCOUNT },
  { errcode: 61003, meaning: 'the third-party platform is not authorized', mend: AUTHORIZATION },
  { errcode: 61004, meaning: "the gateway's address is not on the third-party platform's list", mend: PLATFORM },
  { errcode: 61005, meaning: "the third-party platform's ticket has expired", mend: PLATFORM },
  { errcode: 61006, meaning: "the third-party platform's ticket is invalid", mend: PLATFORM },
  { errcode: 61007, meaning: 'the third-party platform is not authorized for this API', mend: AUTHORIZATION },
  { errcode: 61011, meaning: 'the appid of the third-party platform is wrong', mend: PLATFORM },
  { errcode: 61023, meaning: "the third-party platform's refresh token is invalid", mend: AUTHORIZATION },
  {
    errcode: 61024,
    meaning: 'the Mini Program is authorized to a third-party platform, whose token is needed',
    mend: AUTHORIZATION,
  },
  {
    errcode: 85107,
    meaning: "the path is not on the cloud environment's list",
    mend: 'Add the path to the list of open APIs in the cloud console.',
  },
  { errcode: 89503, meaning: "the gateway's address awaits the administrator's confirmation", mend: CONFIRMATION },
  {
    errcode: 89506,
    meaning: "the administrator refused the gateway's address; it can be asked for again in 24 hours",
    mend: CONFIRMATION,
  },
  {
    errcode: 89507,
    meaning: "the administrator refused the gateway's address; it can be asked for again in an hour",
    mend: CONFIRMATION,
  },
];

/** Looks up an errcode of an endpoint; undefined if it is unknown. */
export function operatorErrcode(endpoint: string, errcode: number): OperatorErrcode | undefined {
  const known = OPERATOR_ERRCODES.filter((row) => row.errcode === errcode);
  return known.find((row) => row.endpoint === endpoint) ?? known.find((row) => row.endpoint === undefined);
}
