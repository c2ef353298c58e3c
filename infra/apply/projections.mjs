#!/usr/bin/env node
// ./platform projections: see help below. Ends with 0, with 1 when something failed or differs, with 2 when asked wrongly.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Refused } from './client.mjs';
import { LOGIN_HELP, LOGIN_OPTIONS, login, Misuse } from './session.mjs';

const HELP = `Usage: ./platform projections [<command> <name>] [options]

  (nothing)            how far each projection is, and what is being built
  rebuild <name>       a new build beside the live one, from the beginning of the log
  watch <name>         progress of the build, until it has ended
  pause|resume|cancel <name>   what is being built
  compare <name>       the new build with the live one; ends with 1 when they differ
  swap <name>          the new build becomes the live one, when it equals it
  rollback <name>      back to the build that was live before
  parked <name>        records that the projection refused
  redrive <name>       try them again, or one of them with --record
  discard <name>       leave one of them out for good: --record and --reason

      --swap <when>     with rebuild: manual (default), when_equal, when_caught_up
      --accept-differences   with swap: do not compare
      --record <id>     a parked record
      --reason <text>   why; recorded with every request
      --no-wait         do not wait for the end
${LOGIN_HELP}`;

const COMMANDS = ['rebuild', 'watch', 'pause', 'resume', 'cancel', 'compare', 'swap', 'rollback', 'parked', 'redrive', 'discard'];
const SWAPS = ['manual', 'when_equal', 'when_caught_up'];
const LOOK = 500;

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...LOGIN_OPTIONS,
        swap: { type: 'string', default: 'manual' },
        'accept-differences': { type: 'boolean', default: false },
        record: { type: 'string' },
        reason: { type: 'string' },
        'no-wait': { type: 'boolean', default: false },
      },
    });
  } catch (failure) {
    throw new Misuse(failure.message);
  }
}

const number = (value) => (value === undefined || value === null ? '–' : value.toLocaleString('en'));

function line(cells) {
  const [name, build, state, lag, parked, rest] = cells;
  return `${name.padEnd(18)} ${String(build).padStart(5)}  ${state.padEnd(9)} ${lag.padStart(12)} ${parked.padStart(7)}  ${rest}`.trimEnd();
}

function building({ building: build }) {
  if (!build) {
    return '';
  }
  const percent = build.progress === undefined ? '' : ` ${Math.floor(build.progress * 100)} %`;
  const rate = build.records_per_second > 0 && build.lag > 0 ? `, ${number(Math.round(build.records_per_second))}/s` : '';
  const eta = build.eta_seconds > 0 && build.lag > 0 ? `, ${build.eta_seconds} s to go` : '';
  const compared = build.comparison ? (build.comparison.equal ? ', equals the live one' : `, ${build.comparison.differences} parts differ`) : '';
  return `build ${build.build} ${build.state}${percent} (${number(build.records)} records${rate}${eta})${compared}${build.detail ? `: ${build.detail}` : ''}`;
}

async function list(client) {
  console.log(line(['projection', 'build', 'state', 'lag', 'parked', '']));
  for (const one of (await client.get('projections')).data) {
    const rest = [building(one), one.retired ? `build ${one.retired.build} kept` : '', one.detail ?? ''].filter(Boolean).join('; ');
    console.log(line([one.name, one.live.build, one.state, number(one.lag), number(one.parked), rest]));
  }
  return 0;
}

/** Tells what is built until there is an end to tell: nothing is built any more, or it has caught up and nothing is to come. */
async function watch(client, name, settled) {
  let told;
  for (;;) {
    const projection = await client.get(`projections/${name}`);
    const now = building(projection);
    if (now && now !== told) {
      console.log(now);
      told = now;
    }
    const end = settled(projection);
    if (end !== undefined) {
      return end;
    }
    await pause(LOOK);
  }
}

const isDone = (from) => (projection) => {
  const { building: build, live } = projection;
  if (!build) {
    console.log(live.build === from ? `build ${live.build} is still the live one` : `build ${live.build} is the live one`);
    return 0;
  }
  if (build.state === 'paused') {
    return 0;
  }
  return build.caught_up_at && !build.swap ? report(build.comparison) : undefined;
};

const isCompared = ({ building: build }) => (build?.comparison ? report(build.comparison) : build ? undefined : 1);

function report(comparison) {
  for (const { table, live, build } of comparison?.counts ?? []) {
    console.log(`  ${table.padEnd(26)} live ${number(live).padStart(12)}  build ${number(build).padStart(12)}`);
  }
  for (const { part, live, build } of comparison?.parts ?? []) {
    console.log(`  differs: ${part}: live ${number(live)}, build ${number(build)}`);
  }
  return comparison && !comparison.equal ? 1 : 0;
}

async function parked(client, name) {
  for (const record of await client.list(`projections/${name}/parked`)) {
    console.log(`${record.id}  ${record.parked_at}  ${record.topic}-${record.partition}@${record.offset}  key ${record.key}  tried ${record.attempts}×\n    ${record.error}`);
  }
  return 0;
}

function recordId(record) {
  if (record !== undefined && !/^\d{1,18}$/.test(record)) {
    throw new Misuse('--record: expected the number of a parked record');
  }
  return record === undefined ? undefined : Number(record);
}

function bodyOf(command, given) {
  switch (command) {
    case 'rebuild':
      if (!SWAPS.includes(given.swap)) {
        throw new Misuse(`--swap: expected one of ${SWAPS.join(', ')}`);
      }
      return { swap: given.swap };
    case 'swap':
      return { accept_differences: given['accept-differences'] };
    case 'redrive':
      return given.record === undefined ? {} : { record_id: recordId(given.record) };
    case 'discard':
      if (given.record === undefined || !given.reason) {
        throw new Misuse('discard: --record and --reason are needed');
      }
      return { record_id: recordId(given.record), reason: given.reason };
    default:
      return undefined;
  }
}

async function main() {
  const { values: given, positionals } = options();
  if (given.help) {
    console.log(HELP);
    return 0;
  }
  const [command, name, ...more] = positionals;
  if (more.length > 0 || (command && (!COMMANDS.includes(command) || !/^[a-z_]{1,64}$/.test(name ?? '')))) {
    throw new Misuse(command && COMMANDS.includes(command) ? `${command}: the name of a projection is needed` : `unknown command '${command}'`);
  }
  const body = command ? bodyOf(command, given) : undefined;
  const client = await login(given, given.reason ?? `platform projections ${command ?? ''}`.trim());
  if (!command) {
    return list(client);
  }
  if (command === 'parked') {
    return parked(client, name);
  }
  const from = (await client.get(`projections/${name}`)).live.build;
  if (command !== 'watch') {
    await client.write('POST', `projections/${name}/${command}`, body);
  }
  if (given['no-wait'] || ['pause', 'cancel', 'redrive', 'discard'].includes(command)) {
    return 0;
  }
  return watch(client, name, command === 'compare' ? isCompared : isDone(from));
}

try {
  process.exitCode = await main();
} catch (failure) {
  const misuse = failure instanceof Misuse;
  console.error(`projections: ${failure instanceof Refused ? `refused: ${failure.message}` : failure.message}${misuse ? '\nSee ./platform projections --help' : ''}`);
  process.exitCode = misuse ? 2 : 1;
}
