// A real OpenID provider (oidc-provider, certified) on a loopback port. Whoever types a name there is that person.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

export const client = { client_id: 'llm-platform', client_secret: 'a secret with a colon: and %41 in it' };

const scopes = 'openid profile email';

export class IdentityProvider {
  /** Claims by subject. */
  people = new Map();
  #server;

  constructor(port, redirectUrl) {
    this.port = port;
    this.issuer = `http://127.0.0.1:${port}`;
    const provider = new Provider(this.issuer, {
      clients: [{ ...client, redirect_uris: [redirectUrl], token_endpoint_auth_method: 'client_secret_basic' }],
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'], email: ['email'] },
      cookies: { keys: ['not for keeps'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...this.people.get(id) }) }),
      loadExistingGrant,
    });
    provider.use(async (context, next) => (context.path.startsWith('/interaction/') ? interact(provider, context) : next()));
    this.callback = provider.callback();
  }

  async start() {
    this.#server = createServer(this.callback).listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop() {
    const server = this.#server;
    this.#server = undefined;
    if (server) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
  }
}

/** Nobody is asked whether the platform may know them. */
async function loadExistingGrant({ oidc }) {
  const known = oidc.session.grantIdFor(oidc.client.clientId);
  if (known) {
    return oidc.provider.Grant.find(known);
  }
  const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope(scopes);
  await grant.save();
  return grant;
}

async function interact(provider, context) {
  if (context.method === 'GET') {
    context.type = 'html';
    context.body = '<link rel="icon" href="data:,"><form method="post"><input name="login"><button data-testid="provider-submit">Log in</button></form>';
    return;
  }
  let body = '';
  for await (const part of context.req) {
    body += part;
  }
  const accountId = new URLSearchParams(body).get('login');
  await provider.interactionFinished(context.req, context.res, { login: { accountId } });
  context.respond = false;
}
