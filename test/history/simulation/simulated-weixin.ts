import type { App, AppId, OpenId } from '../../../src/domain/app.js';
import { type Deadline, TOO_LATE } from '../../../src/domain/deadline.js';
import { unavailable } from '../../../src/domain/failure.js';
import type { PhoneDocument } from '../../../src/domain/phone-number.js';
import { fail, type Result, succeed } from '../../../src/domain/result.js';
import { SessionKey } from '../../../src/domain/session-key.js';
import type { WeixinWorld } from '../../../src/simulator/weixin-world.js';
import type {
  Code2SessionRefusal,
  CodeSpent,
  TapCodeRefusal,
  WeixinApi,
  WeixinSession,
} from '../../../src/weixin/weixin-api.js';
import type { Phones } from '../phones.js';
import type { OpenCall, Recorder } from '../recorder.js';

/** How the way to Weixin and back goes. */
export interface WeixinLine {
  step(): Promise<void>;
  /** What becomes of the next call. */
  fate(): Fate;
}

/** `unsent`: it proved not to have been sent. `busy`: errcode -1. `lost`: Weixin acted, and the answer is lost. */
export type Fate = 'answered' | 'unsent' | 'busy' | 'lost';

export interface SimulatedWeixinOptions {
  readonly world: WeixinWorld;
  readonly phones: Phones;
  readonly recorder: Recorder;
  readonly line: WeixinLine;
}

type Refused<R> = (codeSpent: CodeSpent, failure?: R) => { readonly failure: R; readonly codeSpent: CodeSpent };

/** The gateways' port to Weixin, with a world behind it and a line that a seed decides on. */
export class SimulatedWeixin implements WeixinApi {
  readonly #options: SimulatedWeixinOptions;

  constructor(options: SimulatedWeixinOptions) {
    this.#options = options;
  }

  code2Session(app: App, code: string, deadline: Deadline): Promise<Result<WeixinSession, Code2SessionRefusal>> {
    const { world, phones } = this.#options;
    return this.#call<WeixinSession, Code2SessionRefusal>('login', code, deadline, (call) => {
      const answer = world.code2Session(app.appId, app.secret?.reveal() ?? '', code);
      if ('errcode' in answer) {
        if (answer.errcode === 45011) {
          return fail({ failure: { code: 'RATE_LIMITED', retryAfterSeconds: 60 }, codeSpent: 'no' });
        }
        const used = answer.errcode === 40163;
        return fail({
          failure: { code: used ? 'CODE_ALREADY_USED' : 'CODE_INVALID', origin: 'WX_LOGIN' },
          codeSpent: 'yes',
        });
      }
      call.key = phones.keyNumber(answer.session_key);
      const sessionKey = SessionKey.parse(answer.session_key);
      if (sessionKey === undefined) throw new TypeError('This is no session key.');
      return succeed({ openId: answer.openid as OpenId, unionId: answer.unionid, sessionKey });
    });
  }

  exchangePhoneCode(
    appId: AppId,
    code: string,
    openId: OpenId | null,
    deadline: Deadline,
  ): Promise<Result<PhoneDocument, TapCodeRefusal>> {
    const { world } = this.#options;
    return this.#call<PhoneDocument, TapCodeRefusal>('tap', code, deadline, () => {
      const answer = world.taps.phoneNumber(appId, code, openId ?? undefined);
      if (!('phone_info' in answer)) {
        return fail({ failure: { code: 'CODE_INVALID', origin: 'TAP' }, codeSpent: openId === null ? 'yes' : 'no' });
      }
      const { watermark, ...number } = answer.phone_info as PhoneDocument & {
        readonly watermark: { readonly timestamp: number; readonly appid: AppId };
      };
      return succeed({ ...number, watermark: { appId: watermark.appid, timestamp: watermark.timestamp } });
    });
  }

  // Nobody in these histories asks for them.
  openCloudId = () => Promise.reject(new Error('not simulated'));
  isSessionKeyCurrent = () => Promise.reject(new Error('not simulated'));
  hasIssued = () => Promise.reject(new Error('not simulated'));

  async #call<T, R extends { readonly codeSpent: CodeSpent }>(
    kind: 'login' | 'tap',
    code: string,
    deadline: Deadline,
    act: (call: OpenCall) => Result<T, R>,
  ): Promise<Result<T, R>> {
    const { recorder, line } = this.#options;
    const refused: Refused<typeof unavailable> = (codeSpent) => ({ failure: unavailable, codeSpent });
    const work = async (): Promise<{ readonly call?: OpenCall; readonly result: Result<T, R> }> => {
      const fate = line.fate();
      await line.step();
      if (fate === 'unsent') return { result: fail(refused('no') as unknown as R) };
      const call = recorder.arrives(kind, code);
      if (fate === 'busy') {
        call.outcome = 'not used';
        await line.step();
        return { result: fail(refused('no') as unknown as R) };
      }
      const result = act(call);
      if (!result.ok) call.outcome = result.failure.codeSpent === 'no' ? 'not used' : 'refused';
      await line.step();
      return { call, result: fate === 'lost' ? fail(refused('unknown') as unknown as R) : result };
    };
    const done = await deadline.wait(work());
    if (done === TOO_LATE) return fail(refused('unknown') as unknown as R);
    if (done.result.ok && done.call !== undefined) done.call.outcome = 'answered';
    return done.result;
  }
}
