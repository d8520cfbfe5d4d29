/**
 * The package's root folder. This module is one level below it: in src, in build, and in dist as part of the bundle.
 */
export const PACKAGE_ROOT = new URL('../', import.meta.url);
