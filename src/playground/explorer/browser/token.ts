/** What stands in the Authorization header until somebody logs in. It is no token, and the gateway reads it as none. */
export const PLACEHOLDER = 'Bearer <token of the login answer>';

/** The token of a login's answer. */
export function tokenIn(answer: unknown): string | undefined {
  const { data } = (answer ?? {}) as { data?: { login?: { token?: unknown } | null } | null };
  const token = data?.login?.token;
  return typeof token === 'string' ? token : undefined;
}

/** The headers with this authorization wherever one of ours stands. What somebody wrote there by hand stays. */
export function withAuthorization(
  headers: Readonly<Record<string, string>>,
  ours: ReadonlySet<string>,
  authorization: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const replaced = name.toLowerCase() === 'authorization' && ours.has(value);
      return [name, replaced ? authorization : value];
    }),
  );
}
