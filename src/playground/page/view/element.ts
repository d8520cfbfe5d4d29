import { say } from '../language.js';
import type { Words } from '../step.js';

/**
 * Returns the element with this id.
 *
 * @throws Error if the page has none
 */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

/** Creates an element with this class and these contents. */
export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...contents: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...contents);
  return element;
}

/** Creates an element with this text in the current language. */
export function saying(tag: 'span' | 'p' | 'dt' | 'li', className: string, { text, values }: Words): HTMLElement {
  const element = create(tag, className);
  say(element, text, values);
  return element;
}
