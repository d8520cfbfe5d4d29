/** The package's own folder. */
export const PACKAGE_ROOT = new URL('../', import.meta.url);
