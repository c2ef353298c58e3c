import type { ChatBody } from './request'

export const LANGUAGES = ['curl', 'python', 'node', 'java'] as const
export type Language = (typeof LANGUAGES)[number]

/** Never a key: whoever copies it puts their own into the environment. */
const PLACEHOLDER = 'YOUR_API_KEY'

/** The same call as a program would make it. `origin` is where the gateway is. */
export function snippet(language: Language, origin: string, body: ChatBody): string {
  const url = `${origin}/v1`
  switch (language) {
    case 'curl':
      return curl(url, { ...body, stream: true })
    case 'python':
      return python(url, body)
    case 'node':
      return node(url, body)
    case 'java':
      return java(url, body)
  }
}

/** A quote inside of the body is closed, escaped and opened again. */
function curl(url: string, body: object): string {
  const text = JSON.stringify(body, undefined, 2).replaceAll("'", String.raw`'\''`)
  return [
    `curl -N ${url}/chat/completions \\`,
    `  -H 'Authorization: Bearer ${PLACEHOLDER}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${text}'`,
  ].join('\n')
}

function python(url: string, body: ChatBody): string {
  const given = Object.entries(body).map(([name, value]) => `    ${name}=${pythonValue(value, 4)},`)
  return [
    '# pip install openai',
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${JSON.stringify(url)}, api_key="${PLACEHOLDER}")`,
    '',
    'stream = client.chat.completions.create(',
    ...given,
    '    stream=True,',
    ')',
    'for chunk in stream:',
    '    if chunk.choices and chunk.choices[0].delta.content:',
    '        print(chunk.choices[0].delta.content, end="", flush=True)',
  ].join('\n')
}

/** JSON is Python but for three words; strings of both are written alike. */
function pythonValue(value: unknown, indent: number): string {
  const inner = ' '.repeat(indent + 4)
  const end = ' '.repeat(indent)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((one) => `${inner}${pythonValue(one, indent + 4)},`).join('\n')}\n${end}]`
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value as object)
    if (entries.length === 0) return '{}'
    const lines = entries.map(
      ([name, one]) => `${inner}${JSON.stringify(name)}: ${pythonValue(one, indent + 4)},`,
    )
    return `{\n${lines.join('\n')}\n${end}}`
  }
  return JSON.stringify(value)
}

function node(url: string, body: ChatBody): string {
  const request = JSON.stringify({ ...body, stream: true }, undefined, 2)
  return [
    '// npm install openai',
    "import OpenAI from 'openai'",
    '',
    `const client = new OpenAI({ baseURL: ${JSON.stringify(url)}, apiKey: '${PLACEHOLDER}' })`,
    '',
    `const stream = await client.chat.completions.create(${request})`,
    'for await (const chunk of stream) {',
    "  process.stdout.write(chunk.choices[0]?.delta?.content ?? '')",
    '}',
  ].join('\n')
}

/** A text block: backslashes and three quotes would end it, all else stands as it is. */
function java(url: string, body: ChatBody): string {
  const text = JSON.stringify(body, undefined, 2)
    .replaceAll('\\', '\\\\')
    .replaceAll('"""', String.raw`\"""`)
  return [
    '// Java 17 or newer, nothing to install: java Ask.java',
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse.BodyHandlers;',
    '',
    'public class Ask {',
    '  public static void main(String[] args) throws Exception {',
    '    var body = """',
    ...text.split('\n').map((line) => `        ${line}`),
    '        """;',
    `    var request = HttpRequest.newBuilder(URI.create(${JSON.stringify(`${url}/chat/completions`)}))`,
    `        .header("Authorization", "Bearer ${PLACEHOLDER}")`,
    '        .header("Content-Type", "application/json")',
    '        .POST(HttpRequest.BodyPublishers.ofString(body))',
    '        .build();',
    '    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());',
    '    System.out.println(answer.body());',
    '  }',
    '}',
  ].join('\n')
}
