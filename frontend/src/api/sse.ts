/**
 * The `data` of each server-sent event in a byte stream. Chunks may end anywhere, even inside a character. Comments
 * (keep-alives) and events without data are skipped; an event that the end of the stream cuts off is dropped.
 */
export async function* eventData(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      let end: number
      while ((end = rest.indexOf('\n')) >= 0) {
        const line = rest.slice(0, end).replace(/\r$/, '')
        rest = rest.slice(end + 1)
        if (line === '') {
          if (data.length > 0) yield data.join('\n')
          data = []
        } else if (line.startsWith('data:')) {
          data.push(line.slice(5).replace(/^ /, ''))
        }
      }
      if (done) return
    }
  } finally {
    // Leaving the loop early (stop button) must also end the request.
    await reader.cancel().catch(() => undefined)
  }
}
