/** The package's own folder. This module lies one level below it, in src and in build, and in the bundle, in dist. */
export const PACKAGE_ROOT = new URL('../', import.meta.url);
