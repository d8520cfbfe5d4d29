import { type CodeState, type Knowledge, RING_SIZE } from '../knowledge.js';
import type { Party } from '../step.js';
import type { TextKey } from '../texts/en.js';
import { create, saying } from './element.js';
import { keyTag } from './key-tag.js';

/** Shows the knowledge of each party, in the order of the conversation's columns. */
export function showKnowledge(place: HTMLElement, known: Knowledge): void {
  place.replaceChildren(
    partyCard('miniProgram', [
      fact('token', known.token ? flag('yes', true) : flag('none', false)),
      fact('inHand', known.inHand === undefined ? flag('none', false) : sealedWith(known.inHand)),
    ]),
    partyCard('gateway', [
      fact('session', known.session ? flag('yes', true) : flag('none', false)),
      fact('ring', ring(known.ring)),
    ]),
    partyCard('weixin', [
      fact('currentKey', known.currentKey === undefined ? flag('none', false) : keyTag(known.currentKey)),
      fact('loginCode', codeState(known.loginCode)),
      fact('tapCode', codeState(known.tapCode)),
    ]),
  );
}

function partyCard(party: Party, facts: readonly HTMLElement[]): HTMLElement {
  const card = create('div', 'party', saying('span', 'party-name', { text: party }), create('dl', '', ...facts));
  card.dataset['party'] = party;
  return card;
}

function fact(name: TextKey, value: HTMLElement): HTMLElement {
  const fact = create('div', 'fact', saying('dt', '', { text: name }), create('dd', '', value));
  fact.dataset['fact'] = name;
  return fact;
}

function flag(text: 'yes' | 'none', isOn: boolean): HTMLElement {
  const flag = saying('span', 'flag', { text });
  flag.dataset['on'] = String(isOn);
  return flag;
}

function codeState(state: CodeState): HTMLElement {
  const flag = saying('span', 'flag', { text: state });
  flag.dataset['on'] = String(state === 'fresh');
  return flag;
}

function sealedWith(key: number): HTMLElement {
  return create('span', 'sealed', '▣ ', keyTag(key));
}

/** Slots of the key ring, free ones included. */
function ring(keys: readonly number[]): HTMLElement {
  const slots = create('span', 'ring', ...keys.map(keyTag));
  for (let slot = keys.length; slot < RING_SIZE; slot++) slots.append(saying('span', 'slot', { text: 'freeSlot' }));
  return slots;
}
