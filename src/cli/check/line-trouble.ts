/** Why there is no usable line to a server, as far as the remedy depends on it. */
export type LineTrouble =
  'no address' | 'refused' | 'silent' | 'closed' | 'certificate' | 'name in the certificate' | 'login' | 'answer';

const REASONS: Readonly<Record<string, LineTrouble>> = {
  ENOTFOUND: 'no address',
  EAI_AGAIN: 'no address',
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  UND_ERR_SOCKET: 'closed',
  ETIMEDOUT: 'silent',
  EHOSTUNREACH: 'silent',
  ENETUNREACH: 'silent',
  UND_ERR_CONNECT_TIMEOUT: 'silent',
  'no answer in time': 'silent',
  'no answer': 'silent',
  GREETING_LOST: 'silent',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name in the certificate',
  NOAUTH: 'login',
  WRONGPASS: 'login',
};

/** Codes by which OpenSSL and Node reject a certificate, such as SELF_SIGNED_CERT_IN_CHAIN. */
const CERTIFICATE = /CERT|UNABLE_TO_|SELF_SIGNED/;

/** @param reason a stable word of src/weixin or src/stores/redis, such as ECONNREFUSED */
export function lineTrouble(reason: string): LineTrouble {
  return REASONS[reason] ?? (CERTIFICATE.test(reason) ? 'certificate' : 'answer');
}

/** What was found, with the reason in parentheses. */
export function troubleText(reason: string): string {
  const found: Readonly<Record<LineTrouble, string>> = {
    'no address': 'its name has no address',
    refused: 'nothing listens there',
    silent: 'no answer',
    closed: 'it closes the connection',
    certificate: 'its certificate is not trusted here',
    'name in the certificate': 'its certificate is for another name',
    login: 'it refuses the user name or the password',
    answer: 'no usable answer',
  };
  const text = found[lineTrouble(reason)];
  return text === reason ? text : `${text} (${reason})`;
}
