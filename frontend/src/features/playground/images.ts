/** What one picture may have, as it is on disk; base64 adds a third on the wire. */
export const MOST_BYTES = 4 * 1024 * 1024
export const MOST_IMAGES = 4
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']

export type ImageProblem = 'type' | 'size' | 'count' | 'address'

/** A picture of this machine as a data address. */
export async function dataAddress(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return `data:${file.type};base64,${btoa(text)}`
}

export function fileProblem(file: { type: string; size: number }, already: number): ImageProblem | undefined {
  if (already >= MOST_IMAGES) return 'count'
  if (!IMAGE_TYPES.includes(file.type)) return 'type'
  return file.size > MOST_BYTES ? 'size' : undefined
}

export function addressProblem(address: string, already: number): ImageProblem | undefined {
  if (already >= MOST_IMAGES) return 'count'
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? undefined : 'address'
}
