export interface ChatRequest {
  model: string
  messages: { role: string; content: string }[]
  temperature?: number
  max_tokens?: number
  stream?: boolean
  stream_options?: { include_usage: boolean }
}

/** A call as one would type it in a POSIX shell; a quote inside the body is closed, escaped and opened again. */
export function chatCurl({
  origin,
  token,
  request,
}: {
  origin: string
  token: string
  request: ChatRequest
}): string {
  const body = JSON.stringify(request, undefined, 2).replaceAll("'", String.raw`'\''`)
  return [
    `curl ${request.stream ? '-N ' : ''}${origin}/v1/chat/completions \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${body}'`,
  ].join('\n')
}
