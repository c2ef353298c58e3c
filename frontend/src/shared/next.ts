/** Where to go on after a login. Only paths of our own: an absolute address would be an open redirect. */
export function nextPath(query: unknown): string {
  return typeof query === 'string' && /^\/(?![/\\])/.test(query) ? query : '/'
}
