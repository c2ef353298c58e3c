// Where new API keys go: once, to a file that only its owner can read.
import { closeSync, fchmodSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'yaml';

/** Opens the file for adding, made if need be; refuses one that others can read or that is no plain file. */
export function openKeysFile(path) {
  const file = openSync(path, 'a', 0o600);
  const stat = fstatSync(file);
  if (!stat.isFile() || (stat.size > 0 && (stat.mode & 0o077) !== 0)) {
    closeSync(file);
    throw new Error(`${path}: others can read it; expected a file of mode 600, or none`);
  }
  fchmodSync(file, 0o600);
  return {
    /** Written through before the next step is done: the platform never tells a key again. */
    add(entry) {
      writeSync(file, stringify([entry]));
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}
