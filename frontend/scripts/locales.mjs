import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every message of a language as `path → text`. */
export function messages(folder) {
  const flat = new Map()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')), '', flat)
  }
  return flat
}

function flatten(node, path, into) {
  for (const [key, value] of Object.entries(node)) {
    const at = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') into.set(at, value)
    else flatten(value, at, into)
  }
}

/**
 * The keys that sources name. `t('a.b')` is one key; `` t(`a.${x}`) `` stands for all keys that fit; a quoted text that
 * looks like a key (labels in lists) counts when its first part is a top-level name of the messages.
 */
export function usedKeys(sources, topLevel) {
  const exact = new Set()
  const patterns = new Set()
  for (const source of sources) {
    for (const [, , key] of source.matchAll(/(['"])([a-z][\w-]*(?:\.[\w-]+)+)\1/g)) {
      if (topLevel.has(key.split('.')[0])) exact.add(key)
    }
    for (const [, key] of source.matchAll(/`([a-z][\w-]*\.[^`\s]*\$\{[^`]*)`/g)) {
      if (topLevel.has(key.split('.')[0])) patterns.add(key.replace(/\$\{[^}]*\}/g, '*'))
    }
  }
  return { exact, patterns }
}

export function sources(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
    .filter((entry) => !/[\\/](generated|locales)([\\/]|$)/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}

/** What is wrong, one line each; none when the languages agree with each other and with the code. */
export function findings(languages, code) {
  const names = Object.keys(languages)
  const all = new Set(names.flatMap((name) => [...languages[name].keys()]))
  const found = []
  for (const key of all) {
    for (const name of names) if (!languages[name].has(key)) found.push(`${name}: '${key}' is missing`)
    const holes = names.map((name) => placeholders(languages[name].get(key) ?? ''))
    if (new Set(holes).size > 1) found.push(`'${key}': placeholders differ (${holes.join(' / ')})`)
  }
  const { exact, patterns } = usedKeys(code, new Set([...all].map((key) => key.split('.')[0])))
  for (const key of exact) if (!all.has(key)) found.push(`'${key}' is used but has no message`)
  const fits = [...patterns].map((pattern) => ({ pattern, regex: toRegex(pattern) }))
  for (const { pattern, regex } of fits) {
    if (![...all].some((key) => regex.test(key))) found.push(`'${pattern}' is used but no message fits`)
  }
  for (const key of all) {
    if (!exact.has(key) && !fits.some(({ regex }) => regex.test(key))) found.push(`'${key}' is not used`)
  }
  return found
}

/** Each once: a message with two numbers of a word has them twice. */
const placeholders = (text) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].toSorted().join(',')
const toRegex = (pattern) => new RegExp(`^${pattern.replace(/[.]/g, String.raw`\.`).replaceAll('*', '.+')}$`)
