import type { ChatRequest } from '@/shared/snippets'

/** The same call with OpenAI's own package. */
export function chatPython({
  origin,
  token,
  request,
}: {
  origin: string
  token: string
  request: ChatRequest
}): string {
  return [
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${JSON.stringify(`${origin}/v1`)}, api_key=${JSON.stringify(token)})`,
    'answer = client.chat.completions.create(',
    `    model=${JSON.stringify(request.model)},`,
    `    messages=${JSON.stringify(request.messages)},`,
    ')',
    'print(answer.choices[0].message.content)',
  ].join('\n')
}
