// More command-services on the stack's own store, as a second and third machine would run them.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, java, stackSecrets } from './env.mjs';
import { send } from './http.mjs';
import { eventually } from './wait.mjs';

/** Starts one on a free port with the secrets of the stack, and what else is given; answers once it is healthy. */
export async function startInstance(more = {}) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'e2e-instance-'));
  const child = spawn(
    java(),
    ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-jar', join(env.data, 'app/command-service/command-service.jar')],
    { cwd: folder, env: { ...settings(port), ...more }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const keep = (part) => (output = (output + part).slice(-4_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    'another command-service is healthy',
    async () => {
      if (child.exitCode !== null) {
        throw new Error(`it ended with ${child.exitCode}:\n${output}`);
      }
      return (await send(`${url}/health`)).status === 200;
    },
    { within: 60_000, every: 200 },
  );
  return {
    url,
    kill: (signal = 'SIGKILL') =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) {
          resolve();
          return;
        }
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        child.kill(signal);
      }),
  };
}

function settings(port) {
  const secrets = stackSecrets();
  const database = new URL(env.database);
  database.username = 'command_service';
  database.password = secrets.DB_PASSWORD_command_service;
  return {
    PATH: process.env.PATH,
    PLATFORM_MODE: 'demo',
    COMMAND_PORT: String(port),
    DATABASE_URL: database.href,
    KAFKA_BOOTSTRAP_SERVERS: env.kafka,
    SECRET_KEY: secrets.SECRET_KEY,
    API_KEY_PEPPER: secrets.API_KEY_PEPPER,
    KEY_ENCRYPTION_KEY: secrets.KEY_ENCRYPTION_KEY,
    KEY_ENCRYPTION_KEY_VERSION: secrets.KEY_ENCRYPTION_KEY_VERSION ?? '1',
    PERSONAL_DATA_KEY: secrets.PERSONAL_DATA_KEY,
  };
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
