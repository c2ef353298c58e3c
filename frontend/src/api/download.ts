import { openStream } from './client'
import { ApiError } from './problem'

export interface Progress {
  /** Undefined where the server does not say beforehand. */
  total: number | undefined
  rows: number
  bytes: number
}

export interface Download {
  name: string
  blob: Blob
  progress: Progress
}

/** The end of a whole export of requests; one without it was cut. */
const END = /("#end",\d+|\{"end":true,"rows":\d+\})\s*$/
const LINE_FEED = 10
const QUOTE = 34

/**
 * A file that the server streams, gathered with progress.
 *
 * @param ends whether its last record must say that it is the last one
 * @throws ApiError also when the file broke off
 */
export async function download(
  path: string,
  { ends, signal, onProgress }: { ends: boolean; signal: AbortSignal; onProgress: (now: Progress) => void },
): Promise<Download> {
  const { body, headers } = await openStream(path, signal)
  const told = headers.get('X-Export-Rows')
  const progress: Progress = { total: told === null ? undefined : Number(told), rows: 0, bytes: 0 }
  const name = /filename="?([^";]+)"?/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? 'export'
  const isTable = (headers.get('Content-Type') ?? '').startsWith('text/csv')
  // A table has a line of names; an end that is told is a line too.
  let lines = (isTable ? -1 : 0) - (ends ? 1 : 0)
  let quoted = false
  const parts: Uint8Array<ArrayBuffer>[] = []
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      for (const byte of value) {
        // A line feed inside of quotes belongs to a text.
        if (isTable && byte === QUOTE) quoted = !quoted
        else if (byte === LINE_FEED && !quoted) lines++
      }
      parts.push(new Uint8Array(value))
      progress.rows = Math.max(0, Math.min(lines, progress.total ?? lines))
      progress.bytes += value.length
      onProgress({ ...progress })
    }
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new ApiError(0, undefined, undefined)
  }
  const blob = new Blob(parts, { type: headers.get('Content-Type') ?? 'application/octet-stream' })
  if (ends && !END.test(await blob.slice(-80).text())) throw new ApiError(0, undefined, undefined)
  if (progress.total !== undefined) progress.rows = progress.total
  return { name, blob, progress }
}
