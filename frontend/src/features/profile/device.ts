/** The more telling names first: Edge calls itself Chrome, and Chrome Safari. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** What a person recognises of a `User-Agent`: `Firefox · Linux`; of a program its first word. */
export function device(userAgent: string | undefined): string | undefined {
  if (userAgent === undefined) return undefined
  const browser = BROWSERS.find(([form]) => form.test(userAgent))?.[1]
  const system = SYSTEMS.find(([form]) => form.test(userAgent))?.[1]
  if (browser === undefined) return userAgent.split(/[\s/]/, 1)[0] || undefined
  return system === undefined ? browser : `${browser} · ${system}`
}
