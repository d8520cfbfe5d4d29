/** Creates the tag of a session key: its number, and a colour of its own; colours recur after six keys. */
export function keyTag(number: number): HTMLElement {
  const tag = document.createElement('span');
  tag.className = 'key';
  tag.dataset['hue'] = String(number % 6);
  tag.textContent = `#${number}`;
  return tag;
}
