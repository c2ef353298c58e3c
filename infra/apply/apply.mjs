#!/usr/bin/env node
// ./platform apply: see help below. Ends with 0 when the platform is as the file says, 1 when something failed, 2 when asked wrongly.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refused } from './client.mjs';
import { BadDocument, read } from './document.mjs';
import { openKeysFile } from './keys-file.mjs';
import { plan } from './plan.mjs';
import { fetchCurrent, isInvited, run } from './run.mjs';
import { LOGIN_HELP, LOGIN_OPTIONS, login, Misuse } from './session.mjs';

const HELP = `Usage: ./platform apply -f <file.yaml> [options]

Brings teams, users, providers, models, prices, API keys and settings to what the file says, and tells each change. Doing it again changes nothing.

  -f, --file <file>     what there should be; see infra/examples/platform.yaml; - reads standard input
      --dry-run         tell and check everything, change nothing
      --prune           disable what is active and not in the file, of the sections that the file has; nothing is ever deleted
      --keys-file <file>  where new API keys and invitations are written (mode 600); needed when the file brings some
      --rotate-secrets  send the providers' keys again; what the platform has cannot be compared
${LOGIN_HELP}

Secrets are named in the file as {env: NAME} and taken from the environment.`;

function options() {
  try {
    return parseArgs({
      options: {
        file: { type: 'string', short: 'f' },
        'dry-run': { type: 'boolean', default: false },
        prune: { type: 'boolean', default: false },
        'rotate-secrets': { type: 'boolean', default: false },
        'keys-file': { type: 'string' },
        ...LOGIN_OPTIONS,
      },
    }).values;
  } catch (failure) {
    throw new Misuse(failure.message);
  }
}

function fileText(path) {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (failure) {
    throw new Misuse(`${path}: ${failure.message}`);
  }
}

async function main() {
  const given = options();
  if (given.help) {
    console.log(HELP);
    return 0;
  }
  if (!given.file) {
    throw new Misuse('-f is needed');
  }
  const desired = read(fileText(given.file));
  const client = await login(given, 'platform apply');
  const self = (await client.me()).id;
  const current = await fetchCurrent(client, desired);
  const steps = plan(desired, current, { prune: given.prune, rotateSecrets: given['rotate-secrets'], self });
  const dryRun = given['dry-run'];
  const made = steps.filter(({ action }) => action === 'create');
  const shownOnce = [
    [made.filter(({ kind }) => kind.section === 'api_keys').length, 'new API key'],
    [made.filter(({ kind, item }) => isInvited(kind, item)).length, 'invitation'],
  ].filter(([count]) => count > 0);
  if (shownOnce.length > 0 && !dryRun && !given['keys-file']) {
    const what = shownOnce.map(([count, name]) => `${count} ${name}${count > 1 ? 's' : ''}`).join(' and ');
    throw new Misuse(`--keys-file is needed: ${what} can be shown only once`);
  }
  const keys = shownOnce.length > 0 && !dryRun ? openKeysFile(given['keys-file']) : undefined;
  try {
    const { done, same, failed } = await run(steps, { client, current, env: process.env, keys, dryRun, tell: console.log });
    const verb = dryRun ? 'would change' : 'changed';
    console.log(`${done} ${verb}, ${same} as they are${failed > 0 ? `, ${failed} failed` : ''}${keys ? `; what is shown only once is in ${given['keys-file']}` : ''}`);
    return failed > 0 ? 1 : 0;
  } finally {
    keys?.close();
  }
}

try {
  process.exitCode = await main();
} catch (failure) {
  if (failure instanceof Misuse || failure instanceof BadDocument) {
    console.error(`apply: ${failure.message}${failure instanceof Misuse ? '\nSee ./platform apply --help' : ''}`);
    process.exitCode = 2;
  } else {
    console.error(`apply: ${failure instanceof Refused ? `refused: ${failure.message}` : failure.message}`);
    process.exitCode = 1;
  }
}
