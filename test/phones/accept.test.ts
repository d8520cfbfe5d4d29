import type { OpenId } from '../../src/domain/app.js';
import type { PhoneDocument } from '../../src/domain/phone-number.js';
import type { Session } from '../../src/domain/session.js';
import { accept, type Arrival } from '../../src/phones/accept.js';
import { APP_ID, OTHER_APP_ID } from '../harness/people.js';

/** A watermark's second, and the millisecond at which it starts. */
const TIMESTAMP = 1_769_848_200;
const ISSUED = TIMESTAMP * 1000;
const rules = { maxAge: 300_000, skew: 60_000 };

const session: Session = {
  id: 'alice',
  appId: APP_ID,
  openId: 'oAlice' as OpenId,
  unionId: null,
  createdAt: 0,
  expiresAt: Infinity,
};

const document: PhoneDocument = {
  phoneNumber: '13580006666',
  purePhoneNumber: '13580006666',
  countryCode: '86',
  watermark: { appId: APP_ID, timestamp: TIMESTAMP },
};

const number = { e164: '+8613580006666', purePhoneNumber: '13580006666' };
const arrival = (of: PhoneDocument): Arrival => ({ document: of, number, source: 'CODE', ownerChecked: true });

test.each([
  { what: 'now', now: ISSUED, answer: 'accepted' },
  { what: 'at its oldest', now: ISSUED + 300_000, answer: 'accepted' },
  { what: 'a millisecond too old', now: ISSUED + 300_001, answer: 'TOO_OLD' },
  { what: 'an hour old', now: ISSUED + 3_600_000, answer: 'TOO_OLD' },
  { what: 'as far ahead as the skew', now: ISSUED - 60_000, answer: 'accepted' },
  { what: 'a millisecond further ahead', now: ISSUED - 60_001, answer: 'IN_THE_FUTURE' },
  { what: 'an hour ahead', now: ISSUED - 3_600_000, answer: 'IN_THE_FUTURE' },
])('a document that is $what is $answer', ({ now, answer }) => {
  const accepted = accept(arrival(document), session, now, rules);
  expect(accepted.ok ? 'accepted' : accepted.failure.code).toBe(answer);
});

test.each([ISSUED, ISSUED + 300_001, ISSUED - 60_001])(
  "another Mini Program's document is APP_ID_MISMATCH, whatever its age",
  (now) => {
    expect(accept(arrival(document), { ...session, appId: OTHER_APP_ID }, now, rules)).toEqual({
      ok: false,
      failure: { code: 'APP_ID_MISMATCH' },
    });
  },
);

test('an accepted number has what Weixin wrote, and what the numbering plan makes of it', () => {
  const written = { ...document, phoneNumber: '+8613580006666', purePhoneNumber: '8613580006666' };
  const owner = { appId: APP_ID, openId: session.openId };
  const value = { ...written, ...number, source: 'CODE', owner };
  expect(accept(arrival(written), session, ISSUED, rules)).toEqual({ ok: true, value });
});

test('a number that nothing ties to the user who asked has no owner', () => {
  const unchecked = { ...arrival(document), ownerChecked: false };
  expect(accept(unchecked, session, ISSUED, rules)).toMatchObject({ ok: true, value: { owner: null } });
});
