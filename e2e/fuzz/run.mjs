// Lets schemathesis loose on the management API of the stack under test, as an administrator. `--seed n` repeats a run;
// FUZZ_PHASES and FUZZ_EXAMPLES say how thorough it is.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { env } from '../lib/env.mjs';
import { Management } from '../lib/management.mjs';

const document = fileURLToPath(new URL('../../contracts/src/main/resources/openapi/management.yaml', import.meta.url));
const fuzzer = process.env.SCHEMATHESIS ?? 'schemathesis';
const admin = await Management.login();
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));

const child = spawn(
  fuzzer,
  [
    '--config-file',
    fileURLToPath(new URL('schemathesis.toml', import.meta.url)),
    'run',
    document,
    `--url=${env.gateway}/api/admin/v1`,
    `--header=Authorization: Bearer ${admin.accessToken}`,
    '--checks=not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance',
    `--phases=${process.env.FUZZ_PHASES ?? 'examples,coverage,fuzzing'}`,
    `--max-examples=${process.env.FUZZ_EXAMPLES ?? 5}`,
    '--request-timeout=20',
    '--continue-on-failure',
    // They would end the fuzzer's own session, or give its account another password; the last one has no end.
    ...['logout', 'endOwnSession', 'endSessions', 'changeOwnPassword', 'resetPassword', 'inviteUser', 'live'].map((id) => `--exclude-operation-id=${id}`),
    '--no-color',
    ...process.argv.slice(2),
  ],
  { cwd: folder, stdio: 'inherit' },
);
child.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
