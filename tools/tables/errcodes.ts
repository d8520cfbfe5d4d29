import { OPERATOR_ERRCODES } from '../../src/weixin/endpoints/operator-errcodes.js';
import { code, type Table } from './table.js';

/** Weixin's errcodes about the operator's side. */
export function errcodesTable(): Table {
  return {
    columns: ['errcode', 'endpoint', 'meaning', 'what to do'],
    rows: OPERATOR_ERRCODES.map(({ errcode, endpoint, meaning, mend }) => [
      code(String(errcode)),
      endpoint === undefined ? 'any' : code(endpoint),
      meaning,
      mend,
    ]),
  };
}
