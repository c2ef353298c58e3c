import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { parse } from 'yaml';
import { openKeysFile } from '../keys-file.mjs';

const folder = mkdtempSync(join(tmpdir(), 'apply-'));
after(() => rmSync(folder, { recursive: true }));

it('keys are added to a file of mode 600, and never to one that others can read', () => {
  const path = join(folder, 'keys.yaml');
  for (const name of ['one', 'two']) {
    const file = openKeysFile(path);
    file.add({ name, user: 'ann', id: `key_${name}`, key: `sk-${name}` });
    file.close();
  }
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(parse(readFileSync(path, 'utf8')).map(({ key }) => key), ['sk-one', 'sk-two']);
  chmodSync(path, 0o640);
  assert.throws(() => openKeysFile(path), /expected a file of mode 600/);
});
