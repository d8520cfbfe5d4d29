import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A front end's project in a folder of its own, with the packages that this project has. */
export interface TemporaryProject {
  readonly folder: string;
  write(file: string, content: string | object): void;
  remove(): void;
}

export function temporaryProject(): TemporaryProject {
  const folder = mkdtempSync(join(tmpdir(), 'front-end-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'dir');
  mkdirSync(join(folder, 'src'));
  return {
    folder,
    write: (file, content) => {
      writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
