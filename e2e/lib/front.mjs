// A front door before the stack that hands everything about logins to one command-service of ours.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { env } from './env.mjs';

const LOGINS = /^\/api\/admin\/v1\/(auth\/|users\/[^/]+\/identity$)/;

export async function startFront(port, service) {
  const server = createServer((asked, answer) => {
    const target = new URL(LOGINS.test(asked.url) ? service() : env.console);
    const passed = request(
      { host: target.hostname, port: target.port, path: asked.url, method: asked.method, headers: asked.headers, agent: false },
      (given) => {
        answer.writeHead(given.statusCode, given.rawHeaders);
        given.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    // A page that is left ends its streams.
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
