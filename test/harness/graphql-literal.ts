/** A value as it is written into a GraphQL document: JSON whose keys are bare names. */
export function graphqlLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(graphqlLiteral).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${graphqlLiteral(field)}`);
  return `{${fields.join(', ')}}`;
}
