/** The package's own folder. Modules lie one level below it, in src and in build, and so does the bundle, in dist. */
export const PACKAGE_ROOT = new URL('../', import.meta.url);
