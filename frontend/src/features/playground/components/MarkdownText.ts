import { marked, type Token, type Tokens } from 'marked'
import { defineComponent, h, type VNodeChild } from 'vue'
import CodeBlock from '@/shared/ui/CodeBlock.vue'

/**
 * Markdown as Vue nodes. No HTML text is ever made: what a model writes in angle brackets is shown as written, and a
 * link opens only if it is http(s) or mail.
 */
export default defineComponent({
  name: 'MarkdownText',
  props: { text: { type: String, required: true } },
  setup: (props) => () =>
    h('div', { class: 'prose' }, nodes(marked.lexer(props.text, { gfm: true, breaks: true }))),
})

function nodes(tokens: Token[] | undefined): VNodeChild[] {
  return (tokens ?? []).map(node)
}

function node(token: Token): VNodeChild {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'heading':
      return h(`h${Math.min(6, (token as Tokens.Heading).depth + 2)}`, nodes(token.tokens))
    case 'paragraph':
      return h('p', nodes(token.tokens))
    case 'code':
      return h(CodeBlock, { code: token.text as string, caption: (token as Tokens.Code).lang })
    case 'blockquote':
      return h('blockquote', nodes(token.tokens))
    case 'list':
      return list(token as Tokens.List)
    case 'table':
      return table(token as Tokens.Table)
    case 'hr':
      return h('hr')
    case 'br':
      return h('br')
    case 'strong':
      return h('strong', nodes(token.tokens))
    case 'em':
      return h('em', nodes(token.tokens))
    case 'del':
      return h('del', nodes(token.tokens))
    case 'codespan':
      return h('code', token.text as string)
    case 'link':
      return link(token as Tokens.Link)
    case 'text':
      return token.tokens ? nodes(token.tokens) : unescapeText(token as Tokens.Text)
    case 'escape':
      return (token as Tokens.Escape).text
    default:
      // Images and raw HTML among others: the source, as text.
      return token.raw
  }
}

function list(token: Tokens.List): VNodeChild {
  const start = token.ordered && token.start !== 1 ? { start: token.start } : {}
  return h(
    token.ordered ? 'ol' : 'ul',
    start,
    token.items.map((item) =>
      h('li', [
        item.task ? h('span', item.checked ? '☑ ' : '☐ ') : null,
        nodes(item.tokens.filter(({ type }) => type !== 'checkbox')),
      ]),
    ),
  )
}

function table(token: Tokens.Table): VNodeChild {
  const cells = (tag: 'th' | 'td', row: Tokens.TableCell[]) => row.map((cell) => h(tag, nodes(cell.tokens)))
  return h('div', { class: 'overflow-x-auto' }, [
    h('table', [
      h('thead', [h('tr', cells('th', token.header))]),
      h(
        'tbody',
        token.rows.map((row) => h('tr', cells('td', row))),
      ),
    ]),
  ])
}

function link(token: Tokens.Link): VNodeChild {
  if (!/^(https?:|mailto:)/i.test(token.href)) return nodes(token.tokens)
  return h(
    'a',
    { href: token.href, target: '_blank', rel: 'noopener noreferrer nofollow', class: 'link' },
    nodes(token.tokens),
  )
}

/** The lexer may hand over text with the five basic entities already written out. */
function unescapeText(token: Tokens.Text): string {
  return token.escaped ? token.raw : token.text
}
