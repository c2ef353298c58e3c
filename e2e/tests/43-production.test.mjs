// Outside demo mode the services refuse secrets that stand in documents, before they touch anything.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { java } from '../lib/env.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const GOOD = 'N0t-a-d3mo-secret-but-long-enough-for-anything';

/** Starts a service on spare ports, with nothing behind it that could be touched. Answers its exit code and output. */
function start(module, settings) {
  // Beside it may lie a jar of the classes alone, for the benchmarks.
  const jar = globSync(`${root}${module}/target/${module}-*.jar`).find((file) => !file.endsWith('-classes.jar'));
  assert.ok(jar, `${module}/target holds no jar: build first`);
  const folder = mkdtempSync(join(tmpdir(), 'e2e-production-'));
  const port = (index) => String(26_900 + index);
  const child = spawn(java(), ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-jar', jar], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PLATFORM_MODE: 'production',
      DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:9/nothing',
      KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9',
      SEARCH_URL: 'http://127.0.0.1:9',
      COMMAND_PORT: port(1),
      GATEWAY_PORT: port(2),
      PROXY_MANAGEMENT_PORT: port(3),
      GATEWAY_HOST: '127.0.0.1',
      PROXY_DATA_DIR: folder,
      ...settings,
    },
  });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  child.stderr.on('data', (part) => (output += part));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 40_000);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
      resolve({ code: signal ?? code, output });
    });
  });
}

describe('production mode', () => {
  const secrets = { SECRET_KEY: GOOD, API_KEY_PEPPER: GOOD, KEY_ENCRYPTION_KEY: GOOD, PERSONAL_DATA_KEY: GOOD };
  const cases = [
    ["command-service with the seed's SECRET_KEY", 'command-service', 'SECRET_KEY', 'your-secret-key-change-this-in-production', /SECRET_KEY is a demo secret/],
    ['command-service without a SECRET_KEY', 'command-service', 'SECRET_KEY', '', /SECRET_KEY is not set/],
    ['proxy-service with a demo pepper', 'proxy-service', 'API_KEY_PEPPER', 'demo-pepper-demo-pepper-demo-pepper-demo', /API_KEY_PEPPER is a demo secret/],
    ['proxy-service with a short KEY_ENCRYPTION_KEY', 'proxy-service', 'KEY_ENCRYPTION_KEY', 'short', /KEY_ENCRYPTION_KEY is too short/],
  ];
  for (const [what, module, variable, value, message] of cases) {
    it(`refuses ${what}, and does not print it`, async () => {
      const { code, output } = await start(module, { ...secrets, [variable]: value });
      assert.ok(Number.isInteger(code) && code !== 0, `ended with ${code}:\n${output.slice(-2_000)}`);
      assert.match(output, message);
      for (const one of [GOOD, value].filter((text) => text.length > 10)) {
        assert.ok(!output.includes(one), 'a secret is in the output');
      }
    });
  }
});
