import { say } from '../language.js';
import type { Promised, Scene } from '../scenes.js';
import { byId, create, saying } from './element.js';

/** Shows the list of scenes, the description of the chosen one, and whether its promise was kept. */
export class ScenesView {
  readonly #scenes: readonly Scene[];
  #chosen: Scene;

  constructor(scenes: readonly Scene[]) {
    const [first] = scenes;
    if (first === undefined) throw new Error('There is no scene.');
    this.#scenes = scenes;
    this.#chosen = first;
    for (const scene of scenes) byId(scene.group).append(this.#choice(scene));
    this.#show();
  }

  get chosen(): Scene {
    return this.#chosen;
  }

  /** Shows the answers, and whether they are the promised ones. */
  judge(scene: Scene, answers: readonly Promised[]): void {
    if (scene !== this.#chosen) return;
    const isKept = JSON.stringify(answers) === JSON.stringify(scene.promise);
    showAnswers(isKept ? scene.promise : answers);
    showVerdict(isKept ? 'kept' : 'broken');
  }

  /** Resets the verdict before a scene is played. */
  await(): void {
    showAnswers(this.#chosen.promise);
    showVerdict('open');
  }

  #choice(scene: Scene): HTMLElement {
    const radio = create('input', '');
    Object.assign(radio, { type: 'radio', name: 'scene', value: scene.id, checked: scene === this.#chosen });
    radio.addEventListener('change', () => {
      this.#chosen = this.#scenes.find(({ id }) => id === radio.value) ?? scene;
      this.#show();
    });
    return create('label', 'choice', radio, saying('span', '', { text: scene.id }));
  }

  #show(): void {
    say(byId('why'), this.#chosen.why);
    this.await();
  }
}

function showAnswers(answers: readonly Promised[]): void {
  byId('promise').replaceChildren(
    ...answers.map(({ __typename, code, remedy }) => {
      const item = create('li', '', create('code', 'member', __typename));
      item.dataset['tone'] = code === undefined ? 'good' : 'bad';
      for (const part of [code, remedy]) if (part !== undefined) item.append(create('code', 'code', part));
      return item;
    }),
  );
}

function showVerdict(verdict: 'open' | 'kept' | 'broken'): void {
  const element = byId('verdict');
  element.dataset['verdict'] = verdict;
  say(element, verdict === 'open' ? 'tapToPlay' : verdict);
}
