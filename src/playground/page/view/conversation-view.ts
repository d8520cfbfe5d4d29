import type { Message, Note, Party, Stations, Step } from '../step.js';
import { create, saying } from './element.js';

/** Shows the conversation as a list, with each line between the parties that it concerns. */
export class ConversationView {
  readonly #list: HTMLElement;
  /** Number of lines added in quick succession, which appear one after the other. */
  #burst = 0;
  #lastAt = 0;

  constructor(list: HTMLElement) {
    this.#list = list;
  }

  clear(): void {
    this.#list.replaceChildren();
    this.#burst = 0;
  }

  add(step: Step): void {
    const line = lineOf(step);
    const now = performance.now();
    this.#burst = now - this.#lastAt > 400 ? 0 : this.#burst + 1;
    this.#lastAt = now;
    line.style.setProperty('--turn', String(this.#burst));
    this.#list.append(line);
  }
}

function lineOf(step: Step): HTMLElement {
  switch (step.kind) {
    case 'message':
      return messageLine(step);
    case 'note':
      return noteLine(step);
    case 'stations':
      return stationsLine(step);
  }
}

function messageLine({ from, to, name, words, answer, tone, codes = [], took, wire, device }: Message): HTMLElement {
  const line = create('li', 'message');
  Object.assign(line.dataset, { from, to, tone, device, twoWay: String(answer !== undefined) });
  line.append(route(from, to));
  const head = create('span', 'head', create('code', 'what', name));
  if (device === 'tablet' && to !== 'weixin') head.append(saying('span', 'device', { text: 'secondDevice' }));
  const codeTags = codes.map((code) => create('code', 'code', code));
  const said = words === undefined ? [] : [saying('span', 'words', words)];
  head.append(...(tone === 'bad' ? [...codeTags, ...said] : [...said, ...codeTags]));
  if (took !== undefined) head.append(saying('span', 'took', { text: 'ms', values: { ms: took } }));
  line.append(wire === undefined ? create('div', 'said', head) : withWire(head, wire));
  line.append(create('span', 'arrow', create('i', '')));
  if (answer !== undefined) line.append(create('span', 'answer', saying('span', 'words', answer)));
  return line;
}

/** Head of a line that unfolds to the content on the wire. */
function withWire(head: HTMLElement, wire: unknown): HTMLElement {
  return create('details', 'said', create('summary', '', head), create('pre', '', JSON.stringify(wire, null, 1)));
}

function noteLine({ at, words, tone }: Note): HTMLElement {
  const line = create('li', 'note', party(at), saying('span', 'words', words));
  Object.assign(line.dataset, { at, tone });
  return line;
}

function stationsLine({ stations }: Stations): HTMLElement {
  const list = create('ul', 'way');
  for (const { words, passed } of stations) {
    const station = create('li', 'station', saying('span', 'words', words));
    station.dataset['passed'] = String(passed);
    list.append(station);
  }
  const line = create('li', 'note stations', party('gateway'), list);
  line.dataset['at'] = 'gateway';
  return line;
}

/** Sender and receiver, for screen readers; visible only if the lines are not drawn. */
function route(from: Party, to: Party): HTMLElement {
  return create('span', 'route', saying('span', '', { text: from }), ' → ', saying('span', '', { text: to }));
}

function party(at: Party): HTMLElement {
  return saying('span', 'route', { text: at });
}
