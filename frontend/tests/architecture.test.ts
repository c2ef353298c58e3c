import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const src = join(import.meta.dirname, '../src/')
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter(
    (entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name) && !entry.parentPath.includes('generated'),
  )
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(src, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))

const imports = (text: string) =>
  [...text.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map(([, a, b]) => a ?? b ?? '')

function offenders(inside: RegExp, forbidden: (target: string, path: string) => boolean): string[] {
  const subjects = files.filter(({ path }) => inside.test(path))
  expect(subjects.length, `${inside} matches no file`).toBeGreaterThan(0)
  return subjects.flatMap(({ path, text }) =>
    imports(text)
      .filter((target) => forbidden(target, path))
      .map((target) => `${path} → ${target}`),
  )
}

test('features never import each other', () => {
  const feature = (path: string) => path.match(/^features\/([^/]+)/)?.[1]
  const found = offenders(
    /^features\//,
    (target, path) => target.startsWith('@/features/') && !target.startsWith(`@/features/${feature(path)}/`),
  )
  expect(found).toEqual([])
})

test('shared code knows neither features nor the frame', () => {
  expect(offenders(/^(shared|stores|api)\//, (target) => /^@\/(features|app)\//.test(target))).toEqual([])
})

test('the API folder knows no Vue', () => {
  expect(offenders(/^api\//, (target) => /^(vue|pinia|@\/stores|@\/shared)/.test(target))).toEqual([])
})

test('only the API client and the chat stream call the server', () => {
  const allowed = new Set(['api/client.ts', 'features/playground/chat.ts', 'api/health.ts'])
  expect(
    files.filter(({ path, text }) => /\bfetch\(/.test(text) && !allowed.has(path)).map(({ path }) => path),
  ).toEqual([])
})
