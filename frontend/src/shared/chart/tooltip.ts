/** Built as elements, not as HTML text: names in it come from people. */
export function tooltipElement(
  title: string,
  rows: { color: string; name: string; value: string }[],
): HTMLElement {
  const box = element('div', 'rounded-lg border border-line bg-surface px-3 py-2 text-xs text-ink shadow-lg')
  box.append(element('div', 'mb-1 text-ink-3 num', title))
  for (const { color, name, value } of rows) {
    const dot = element('span', 'inline-block size-2 rounded-[3px]')
    dot.style.background = color
    const label = element('span', 'mr-6 text-ink-2', name)
    const row = element('div', 'flex items-center gap-2')
    row.append(dot, label, element('span', 'ml-auto num font-medium', value))
    box.append(row)
  }
  return box
}

function element(tag: 'div' | 'span', classes: string, text?: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = classes
  if (text !== undefined) made.textContent = text
  return made
}
