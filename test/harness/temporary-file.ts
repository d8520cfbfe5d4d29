import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file in a folder of its own. */
export interface TemporaryFile {
  readonly path: string;
  readonly folder: string;
  readonly write: (content: string) => void;
  readonly remove: () => void;
}

export function temporaryFile(name: string, content: string): TemporaryFile {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const path = join(folder, name);
  const write = (text: string) => writeFileSync(path, text);
  write(content);
  return { path, folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
