import { readFileSync } from 'node:fs';

const file = new URL('../../contracts/src/main/resources/openapi/management.yaml', import.meta.url);

/** Every operation of the management API as `METHOD /path`, and whether it is open to anybody. */
export function operations() {
  const found = [];
  let path;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (/^\S/.test(line)) {
      path = undefined;
    }
    path = line.match(/^ {2}(\/\S*):/)?.[1] ?? path;
    const method = path && line.match(/^ {4}(get|post|put|patch|delete):/)?.[1];
    if (method) {
      found.push({ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, open: false });
    } else if (/^ {6}security: \[\]/.test(line)) {
      found.at(-1).open = true;
    }
  }
  return found;
}
