/**
 * The title of a query: its first line, if that is a comment. A query without one has no title (""), and its tab
 * bears the operation's name, which in GraphQL can never be Chinese.
 */
export function titleOf(query: string | null | undefined): string {
  const comment = /^#+[ \t]*(.*)/.exec(query ?? '')
  return comment?.[1]?.trim() ?? ''
}
