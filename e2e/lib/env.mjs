// Where the stack under test is. PLATFORM_DATA and PLATFORM_PORT_OFFSET name it, as they do for ./platform; every address
// comes from the environment or else from `./platform env`. What cannot be found fails the suite; nothing is ever skipped.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { script } from './platform.mjs';

const stack = required('PLATFORM_DATA', 'the state folder of the stack under test');
required('PLATFORM_PORT_OFFSET', 'how far its ports are shifted; 0 for the usual ones');

if (!existsSync(stack)) {
  throw new Error(`PLATFORM_DATA is ${stack}, which does not exist: start a stack first (./platform up), or run ./platform test`);
}

const known = pairs(execFileSync(script, ['env'], { encoding: 'utf8' }));
const url = (text) => text.replace(/\/$/, '');

export const env = {
  data: stack,
  gateway: url(process.env.PLATFORM_GATEWAY_URL ?? known.GATEWAY_URL),
  console: url(process.env.PLATFORM_CONSOLE_URL ?? known.CONSOLE_URL),
  search: url(known.SEARCH_URL),
  kafka: known.KAFKA_BOOTSTRAP_SERVERS,
  /** The command-service itself, past the front door. */
  command: url(known.COMMAND_URL),
  /** As a role that may read every schema. */
  database: process.env.E2E_DATABASE_URL ?? embeddedDatabase(),
};

/** The secrets that the stack made for itself, as they are now. */
export const stackSecrets = () => pairs(readFileSync(join(stack, 'secrets.env'), 'utf8'));

/** The accounts that demo mode seeds. */
export const demo = {
  admin: { username: 'admin', password: 'admin123' },
  user: { username: 'demo_user', password: 'demo123' },
  developer: { username: 'developer', password: 'dev123' },
};

/** The Java that the services run on. */
export function java() {
  const homes = [process.env.JAVA_HOME, ...globSync('/usr/lib/jvm/*25*')].filter(Boolean);
  return homes.map((home) => join(home, 'bin/java')).find(existsSync) ?? 'java';
}

function required(name, meaning) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set (${meaning}). Run the suite by ./platform test, or set it as for ./platform up.`);
  }
  return value;
}

function pairs(text) {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

function embeddedDatabase() {
  const file = join(stack, 'secrets.env');
  const password = existsSync(file) && pairs(readFileSync(file, 'utf8')).DB_PASSWORD_postgres;
  if (!password) {
    throw new Error(`E2E_DATABASE_URL is not set, and ${file} does not tell the password of an embedded PostgreSQL`);
  }
  return `postgresql://postgres:${password}@127.0.0.1:${known.POSTGRES_PORT}/llm_platform`;
}
