/** An operation in the page's data. */
export interface Operation {
  readonly name: string;
  readonly document: string;
  readonly variables: object;
}

export const operations = JSON.parse(element('data').textContent) as readonly Operation[];

/** Fetches new variables for this operation: a fresh code, a fresh tap. */
export async function freshVariables(name: string): Promise<object> {
  const response = await fetch(`/explorer/variables/${name}`);
  if (!response.ok) throw new Error(`There are no variables for ${name}.`);
  return (await response.json()) as object;
}

export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

export function notice(text: string): void {
  element('notice').textContent = text;
}
