import type { RouteLocationRaw } from 'vue-router'

/** A `requests_link` of the API as the page that lists the same requests: it takes the same filters by the same names. */
export function fromRequestsLink(link: string | undefined): RouteLocationRaw | undefined {
  if (link === undefined) return undefined
  const query = Object.fromEntries(new URL(link, 'http://api').searchParams)
  return { name: 'usage', query }
}
