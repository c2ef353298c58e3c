/** `sk-`, 12 public characters, 32 secret ones, 6 of checksum; all base 62. */
const LENGTH = 53
const PUBLIC_END = 15
const SECRET_END = 47
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Longer than what is public: something of the secret is in it. */
const CANDIDATE = /(?<![0-9A-Za-z])sk-[0-9A-Za-z]{13,}/

export interface RecognisedKey {
  /** What the lists know it by; the only part that may be kept or sent. */
  prefix: string
  /** `whole` has the right checksum, `mistyped` the right length only, `part` is cut or of somebody else's making. */
  what: 'whole' | 'mistyped' | 'part'
}

/** The first API key in a text that somebody has pasted. Works here alone: nothing leaves the browser. */
export function recogniseKey(text: string): RecognisedKey | undefined {
  const [found] = CANDIDATE.exec(text) ?? []
  if (found === undefined) return undefined
  const prefix = found.slice(0, PUBLIC_END)
  if (found.length !== LENGTH) return { prefix, what: 'part' }
  const right = checksum(found.slice(0, SECRET_END)) === found.slice(SECRET_END)
  return { prefix, what: right ? 'whole' : 'mistyped' }
}

/** CRC-32 (as of zlib) as a number in base 62, filled up with 0 on the left. */
function checksum(text: string): string {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  let rest = (crc ^ 0xffffffff) >>> 0
  let digits = ''
  while (digits.length < LENGTH - SECRET_END) {
    digits = ALPHABET[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}
