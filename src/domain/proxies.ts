/** HTTP proxies by the scheme of the URL that is called. */
export interface Proxies {
  /** URLs, which may hold credentials. */
  readonly https: string | undefined;
  readonly http: string | undefined;
  /** NO_PROXY: hosts that are called without one. */
  readonly none: string | undefined;
}
