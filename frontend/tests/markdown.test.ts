import { mount } from '@vue/test-utils'
import { beforeAll, expect, test } from 'vitest'
import { i18n, setLocale } from '@/locales'
import MarkdownText from '@/features/playground/components/MarkdownText'

beforeAll(() => setLocale('en'))

function render(text: string) {
  return mount(MarkdownText, { props: { text }, global: { plugins: [i18n] } })
}

test('text of a model never becomes an element or a script link', () => {
  const page = render(
    '<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b\n\n[x](javascript:alert(1)) ![y](http://evil/y.png)\n\n<a href="javascript:1">z</a>',
  )
  expect(page.find('script, img, iframe, a').exists()).toBe(false)
  expect(page.text()).toContain('<script>alert(1)</script>')
  expect(page.text()).toContain('onerror=alert(1)')
})

test('structure is drawn, links open away from the console', () => {
  const page = render(
    '# T\n\n**b** `c<d>` & "q" [l](https://example.com)\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nx < 1 && y\n```',
  )
  expect(page.find('h3').text()).toBe('T')
  expect(page.find('strong').text()).toBe('b')
  expect(page.find('p code').text()).toBe('c<d>')
  expect(page.find('p').text()).toContain('& "q"')
  expect(page.find('a').attributes()).toMatchObject({
    href: 'https://example.com',
    target: '_blank',
    rel: 'noopener noreferrer nofollow',
  })
  expect(page.findAll('ol li').map((item) => item.text())).toEqual(['one', 'two'])
  expect(page.findAll('td').map((cell) => cell.text())).toEqual(['1', '2'])
  expect(page.find('pre').text()).toBe('x < 1 && y')
})

test('every beginning of an answer can be drawn while it streams in', () => {
  const text = '## A\n\n- **b\n- c**\n\n```py\nprint("`")\n```\n| x | y |\n|---|---|\n| 1 |'
  for (let end = 0; end <= text.length; end++) expect(() => render(text.slice(0, end))).not.toThrow()
})
