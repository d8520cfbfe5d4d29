import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder as Kubernetes mounts a secret: each file is a link through ..data to a folder that a change replaces. */
export class MountedSecret {
  readonly folder = mkdtempSync(join(tmpdir(), 'mounted-secret-'));

  constructor(files: Readonly<Record<string, string>>) {
    const version = '..2026_11_26_18_30_00.0123456789';
    mkdirSync(join(this.folder, version));
    symlinkSync(version, join(this.folder, '..data'));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(this.folder, version, name), content);
      symlinkSync(join('..data', name), join(this.folder, name));
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
