/** Placeholder in the Authorization header before the first login. The gateway does not read it as a token. */
export const PLACEHOLDER = 'Bearer <token of the login answer>';

/** The token of a login's answer. */
export function tokenIn(answer: unknown): string | undefined {
  const { data } = (answer ?? {}) as { data?: { login?: { token?: unknown } | null } | null };
  const token = data?.login?.token;
  return typeof token === 'string' ? token : undefined;
}

/** Replaces Authorization values that the page has set; values typed by the user stay. */
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
