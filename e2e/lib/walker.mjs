// A browser without pages: goes where it is sent, keeps the cookies of each host and path.
import { send } from './http.mjs';

export class Walker {
  #cookies = new Map();

  async go(url, { method = 'GET', body } = {}) {
    const { host, pathname } = new URL(url);
    const cookie = [...this.#cookies.values()]
      .filter((one) => one.host === host && pathname.startsWith(one.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const answer = await send(url, {
      method,
      headers: { ...(cookie && { cookie }), ...(body && { 'content-type': 'application/x-www-form-urlencoded' }) },
      body,
    });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair, ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      this.#cookies.set(`${host} ${path} ${name}`, { host, path, name, value: pair.slice(name.length + 1) });
    }
    return { ...answer, location: answer.headers.location && new URL(answer.headers.location, url).href };
  }

  /** Follows redirects until one leads to what is looked for, and answers that address. */
  async follow(url, wanted) {
    for (let next = url, steps = 0; steps < 10; steps++) {
      const answer = await this.go(next);
      if (!answer.location) {
        throw new Error(`${next} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
      }
      if (wanted(answer.location)) {
        return answer.location;
      }
      next = answer.location;
    }
    throw new Error(`redirected in circles from ${url}`);
  }

  cookie(name) {
    return [...this.#cookies.values()].find((one) => one.name === name)?.value;
  }

  setCookie(url, name, value, path) {
    const { host } = new URL(url);
    this.#cookies.set(`${host} ${path} ${name}`, { host, path, name, value });
  }
}
