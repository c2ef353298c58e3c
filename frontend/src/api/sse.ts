export interface ServerEvent {
  id: string | undefined
  /** `message` where the stream names none. */
  event: string
  data: string
}

/**
 * Each server-sent event in a byte stream. Chunks may end anywhere, even inside a character. Comments (keep-alives) and
 * events without data are skipped; an event that the end of the stream cuts off is dropped.
 */
export async function* serverEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let id: string | undefined
  let event = 'message'
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
          if (data.length > 0) yield { id, event, data: data.join('\n') }
          event = 'message'
          data = []
        } else if (line.startsWith('data:')) data.push(valueOf(line, 5))
        else if (line.startsWith('event:')) event = valueOf(line, 6)
        // Kept for the events after it that have none, as browsers do.
        else if (line.startsWith('id:')) id = valueOf(line, 3)
      }
      if (done) return
    }
  } finally {
    // Leaving the loop early (stop button) must also end the request.
    await reader.cancel().catch(() => undefined)
  }
}

/** The `data` of each event, for streams whose events have neither names nor ids. */
export async function* eventData(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  for await (const { data } of serverEvents(stream)) yield data
}

const valueOf = (line: string, from: number) => line.slice(from).replace(/^ /, '')
