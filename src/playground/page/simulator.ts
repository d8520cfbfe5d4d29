/** Members of `e.detail` of the button's event. */
export interface TapDetail {
  readonly errMsg: string;
  readonly code?: string;
  readonly encryptedData?: string;
  readonly iv?: string;
  readonly cloudID?: string;
}

/** Overrides of the tapped document. */
export interface TapDocument {
  readonly watermark?: { readonly timestamp?: number; readonly appid?: string };
}

/** An event in the simulator's journal. */
export interface WeixinEvent {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `wx.login`, `wx.checkSession`, `tap`, or the path of an endpoint. */
  readonly what: string;
  /** Errcode, 0 for success; or the fault instead of an answer. */
  readonly outcome: number | string;
  /** Number of the user's session key. */
  readonly key?: number;
}

const FOLDER = '/simulator';
const USER = 'user';

/** Client of the simulator's phone routes, for the user of this tab. */
export class Simulator {
  readonly #user = userOfTab();
  #seen = 0;
  #lastAt = 0;
  #firstKey: number | undefined;

  /** Time of the last event by the simulator's clock, in Unix seconds. */
  get now(): number {
    return Math.floor(this.#lastAt / 1000);
  }

  async login(device: string): Promise<string> {
    return (await post<{ code: string }>('/phone/login', { user: this.#user, device })).code;
  }

  async checkSession(device: string): Promise<boolean> {
    const { errMsg } = await post<{ errMsg: string }>('/phone/check-session', { user: this.#user, device });
    return errMsg.endsWith(':ok');
  }

  /** @param number one of the simulator's named numbers; undefined: a number of mainland China */
  tap(document: TapDocument, number: string | undefined): Promise<TapDetail> {
    return post('/phone/tap', { user: this.#user, document, number });
  }

  /** Makes the next calls of this endpoint fail with these errcodes. */
  async failNext(endpoint: string, errcodes: readonly number[]): Promise<void> {
    await post('/faults', { endpoint, faults: errcodes.map((errcode) => ({ errcode })) });
  }

  /** Makes the next call that it concerns meet this named fault of the simulator. */
  async playFault(name: string): Promise<void> {
    await post('/faults', { name });
  }

  /** Plays another server that exchanges the code of a tap. */
  async spend(code: string): Promise<void> {
    await post('/spent', { code });
  }

  /** Events at Weixin since the last call. Keys are numbered from the first wx.login on. */
  async news(): Promise<readonly WeixinEvent[]> {
    const query = new URLSearchParams({ user: this.#user, since: String(this.#seen) }).toString();
    const { events } = await read<{ events: readonly WeixinEvent[] }>(await fetch(`${FOLDER}/journal?${query}`));
    this.#seen = events.at(-1)?.seq ?? this.#seen;
    this.#lastAt = events.at(-1)?.at ?? this.#lastAt;
    return events.map((event) => this.#renumbered(event));
  }

  #renumbered({ key, ...event }: WeixinEvent): WeixinEvent {
    if (key === undefined) return event;
    this.#firstKey ??= key;
    return { ...event, key: key - this.#firstKey + 1 };
  }
}

/** The user of this tab, also after a reload. Each tab has its own. */
function userOfTab(): string {
  // Not randomUUID, which a page has only over https or from this machine.
  const newUser = `visitor-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  try {
    const user = sessionStorage.getItem(USER) ?? newUser;
    sessionStorage.setItem(USER, user);
    return user;
  } catch {
    // Without storage, each visit has its own.
    return newUser;
  }
}

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return read(await fetch(FOLDER + path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`The simulator answered ${response.status}.`);
  return (await response.json()) as T;
}
