// Logging in, as every command of the shell does it.
import { Client } from './client.mjs';

/** Asked wrongly: told with a hint at the help, and ends with 2. */
export class Misuse extends Error {}

export const LOGIN_OPTIONS = {
  url: { type: 'string', default: process.env.GATEWAY_URL },
  user: { type: 'string' },
  token: { type: 'string', default: process.env.PLATFORM_TOKEN },
  help: { type: 'boolean', short: 'h', default: false },
};

export const LOGIN_HELP = `      --url <url>       the front door; default this stack's
      --user <name>     who to log in as; the password is taken from PLATFORM_PASSWORD
      --token <token>   an access token instead; or PLATFORM_TOKEN`;

/** @param {string} command told as the reason of what is written, unless another is given */
export async function login({ url, token, user }, command) {
  if (!url || !/^https?:\/\//.test(url)) {
    throw new Misuse('--url: expected http(s)://host[:port]');
  }
  if (user) {
    const password = process.env.PLATFORM_PASSWORD;
    if (!password) {
      throw new Misuse('--user: set PLATFORM_PASSWORD to the password');
    }
    return Client.login(url, user, password, command);
  }
  if (!token) {
    throw new Misuse('--user or --token is needed');
  }
  return new Client(url, token, command);
}
