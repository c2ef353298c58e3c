import { readFileSync } from 'node:fs';

const file = new URL('../../docs/PERMISSIONS.md', import.meta.url);

/** docs/PERMISSIONS.md as a map: `METHOD /path` → the set of roles that may; `open` stands in it for an operation without login. */
export function permissions() {
  const found = new Map();
  let roles = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
    if (cells[0] === 'operation') {
      roles = cells.slice(1);
    }
    const name = cells[0]?.match(/^`([A-Z]+ \/\S*)`$/)?.[1];
    if (name) {
      const marks = cells.slice(1);
      found.set(name, new Set(marks[0] === 'open' ? ['open'] : roles.filter((_, at) => marks[at] === '✓')));
    }
  }
  return found;
}
