import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_RESPONSE_STATUS_CODE,
  ATTR_DB_STORED_PROCEDURE_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME,
} from '@opentelemetry/semantic-conventions';
import type { SpanOutcome } from '../../domain/tracing.js';

/*
 * Every attribute that a span may have. None holds a query, a header, a body, an argument, an address of a client, or a name
 * that a client chose: what a client can write, it can write a secret into.
 * Source: OpenTelemetry semantic conventions, "HTTP", "Database", and "GraphQL" (which is not stable yet).
 */

/** Methods that have their own name; a client may send any other text. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** @param route undefined: the path is none of ours, and is not told */
export function requestAttributes(method: string, route: string | undefined): Attributes {
  return {
    [ATTR_HTTP_REQUEST_METHOD]: METHODS.has(method) ? method : '_OTHER',
    [ATTR_URL_SCHEME]: 'http',
    // No route has parameters, so the path of a request is its route.
    ...(route !== undefined && { [ATTR_HTTP_ROUTE]: route, [ATTR_URL_PATH]: route }),
  };
}

export function requestName(method: string, route: string | undefined): string {
  const name = METHODS.has(method) ? method : 'HTTP';
  return route === undefined ? name : `${name} ${route}`;
}

/** The name of the operation and its document are the client's, and are not told. */
export function operationAttributes(type: string, field: string): Attributes {
  return { 'graphql.operation.type': type, 'gateway.operation': field };
}

/** @param command with the name of the script if it runs one: `EVALSHA appendLogin` */
export function redisAttributes(command: string): Attributes {
  const [operation = command, script] = command.split(' ', 2);
  return {
    [ATTR_DB_SYSTEM_NAME]: 'redis',
    [ATTR_DB_OPERATION_NAME]: operation,
    ...(script !== undefined && { [ATTR_DB_STORED_PROCEDURE_NAME]: script }),
  };
}

/** @param url without a query */
export function weixinAttributes(method: string, url: string): Attributes {
  const { hostname, port, protocol } = new URL(url);
  return {
    [ATTR_HTTP_REQUEST_METHOD]: method,
    [ATTR_URL_FULL]: url,
    [ATTR_SERVER_ADDRESS]: hostname,
    [ATTR_SERVER_PORT]: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
}

export function outcomeAttributes({ status, result, code, errcode, error }: SpanOutcome): Attributes {
  return {
    ...(status !== undefined && { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
    ...(result !== undefined && { 'gateway.result': result }),
    ...(code !== undefined && code !== '' && { 'gateway.code': code }),
    ...(errcode !== undefined && { 'weixin.errcode': errcode }),
    ...(error !== undefined && { [ATTR_ERROR_TYPE]: error }),
  };
}

/** @param error the word of an error reply, or `lost` */
export function redisOutcomeAttributes(error: string): Attributes {
  return error === 'lost' ? {} : { [ATTR_DB_RESPONSE_STATUS_CODE]: error };
}
