// Every secret the suite made, kept outside the stack's data folder for the search at the end (99-secrets).
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';

const folder = new URL('../.run/', import.meta.url);
const file = new URL('planted.txt', folder);

/** Notes a secret and answers it. */
export function remember(value) {
  mkdirSync(folder, { recursive: true });
  appendFileSync(file, `${value}\n`, { mode: 0o600 });
  return value;
}

export const planted = () => [...new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))];

/** How a secret looks in clear, in hexadecimal, and inside base64 at each of the three alignments. */
export function disguises(value) {
  const bytes = Buffer.from(value);
  const encoded = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
    // The first and last characters also depend on the neighbours.
    return text.slice(shift === 0 ? 0 : shift + 1, (bytes.length + shift) % 3 === 0 ? undefined : -1);
  });
  const urlSafe = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([value, bytes.toString('hex'), ...encoded, ...urlSafe])];
}
