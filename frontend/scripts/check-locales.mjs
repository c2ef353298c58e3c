import { findings, messages, sources } from './locales.mjs'

const root = new URL('../src/', import.meta.url).pathname
const languages = { en: messages(`${root}locales/en`), 'zh-CN': messages(`${root}locales/zh-CN`) }
const found = findings(languages, sources(root))
for (const line of found) console.error(line)
console.log(`locales: ${languages.en.size} messages, ${found.length} findings`)
process.exitCode = found.length === 0 ? 0 : 1
