// The whole suite, in two passes. First what neither measures times nor changes what all share, two files at a time and the longest
// first; then everything else, one file after the other. A file that is not named here is of the second kind.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const TOGETHER = ['54', '53', '50', '56', '51', '55', '52', '57', '41', '43', '65', '47', '49', '70', '72', '61', '21', '20', '23', '10', '11', '12', '13', '14', '15'];

const files = globSync('tests/*.test.mjs', { cwd: import.meta.dirname }).sort();
const number = (file) => file.match(/(\d+)-[^/]*$/)?.[1];
const together = TOGETHER.map((one) => {
  const file = files.find((each) => number(each) === one);
  if (!file) {
    throw new Error(`run.mjs names ${one}, of which there is no file`);
  }
  return file;
});
const alone = files.filter((file) => !together.includes(file));

function pass(concurrency, chosen) {
  const { status } = spawnSync(
    process.execPath,
    ['--test', `--test-concurrency=${concurrency}`, '--test-timeout=240000', ...chosen],
    { cwd: import.meta.dirname, stdio: 'inherit' },
  );
  return status ?? 1;
}

process.exitCode = pass(2, together) || pass(1, alone);
