import { oneQueryForgery } from './forgeries/one-query.js';
import { paddingOracleForgery } from './forgeries/padding-oracle.js';
import { successForgery } from './forgeries/success-oracle.js';
import { survivalForgery } from './forgeries/survival-oracle.js';
import {
  judgesWatermarkFirst,
  looksAtFields,
  type NaiveDecryptor,
  parsesAnyContents,
  tellsPaddingApart,
} from './naive/naive-decryptors.js';
import { type Attack, gatewayTarget, mount, naiveTarget, ONE_ANSWER, VICTIM_NUMBER } from './targets.js';

interface Row {
  readonly name: string;
  readonly attack: Attack;
  readonly decryptor: NaiveDecryptor;
  readonly mistake: string;
  /** At least 1.5 times the queries that the attack needed in the longest of many runs. */
  readonly enough: number;
  /** Queries to the gateway: as many as win against the naive decryptor in at least half of the runs. */
  readonly atTheGateway: number;
}

const attacks: readonly Row[] = [
  {
    name: 'the padding oracle',
    attack: paddingOracleForgery,
    decryptor: tellsPaddingApart,
    mistake: 'tells a wrong padding from a wrong document',
    enough: 12_000,
    atTheGateway: 7000,
  },
  {
    name: 'the success oracle',
    attack: successForgery,
    decryptor: parsesAnyContents,
    mistake: 'takes a number of any characters',
    enough: 1000,
    atTheGateway: 1000,
  },
  {
    name: 'the one-query forgery',
    attack: oneQueryForgery,
    decryptor: looksAtFields,
    mistake: 'looks only at the fields it needs',
    enough: 1,
    atTheGateway: 1,
  },
  {
    name: 'the watermark oracle',
    attack: survivalForgery,
    decryptor: judgesWatermarkFirst,
    mistake: 'judges the watermark of any JSON',
    enough: 15_000,
    atTheGateway: 4500,
  },
];

test.each(attacks)(
  '$name forges a number against a decryptor that $mistake, in at most $enough queries',
  async ({ attack, decryptor, enough }) => {
    const target = await naiveTarget(decryptor);
    try {
      const outcome = await mount(attack, target, enough);
      expect(outcome.numbers).toContain(VICTIM_NUMBER);
      expect(outcome.queries).toBeLessThanOrEqual(enough);
    } finally {
      await target.stop();
    }
  },
  30_000,
);

test.each(attacks)(
  '$name forges nothing at the gateway: $atTheGateway queries get one answer, byte for byte',
  async ({ attack, atTheGateway }) => {
    const target = await gatewayTarget();
    try {
      const outcome = await mount(attack, target, atTheGateway);
      expect([...outcome.answers]).toEqual([[ONE_ANSWER, atTheGateway]]);
      expect(outcome.numbers.size).toBe(0);
    } finally {
      await target.stop();
    }
  },
  30_000,
);
