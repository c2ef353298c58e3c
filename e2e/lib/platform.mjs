// The stack's own script, as a person would use it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const script = fileURLToPath(new URL('../../platform', import.meta.url));

/** Runs `./platform …`; throws with its output unless it ends with 0. Answers how long it took. */
export function platform(...args) {
  const started = performance.now();
  // A set address would mean a server of one's own, which the script neither starts nor stops; a build would test other code.
  const { DATABASE_URL, KAFKA_BOOTSTRAP_SERVERS, SEARCH_URL, ...rest } = process.env;
  return new Promise((resolve, reject) => {
    // Detached processes of the stack may inherit the pipes: judge by exit, not by the end of the output.
    const child = spawn(script, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...rest, PLATFORM_SKIP_BUILD: 'yes' } });
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.stderr.on('data', (part) => (output += part));
    child.on('error', reject);
    child.on('exit', (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      if (code === 0) {
        resolve({ ms: Math.round(performance.now() - started), output });
      } else {
        reject(new Error(`./platform ${args.join(' ')} ended with ${code}:\n${output}`));
      }
    });
  });
}
