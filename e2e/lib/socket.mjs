import { env } from './env.mjs';

const PATIENCE = 10_000;

/** A socket of the gateway, opened as a browser would: it can send no headers, so the key goes among the protocols. */
export class GatewaySocket {
  #frames = [];
  #waiting;
  #socket;

  /** Rejects when the handshake is refused. */
  static open(key, path) {
    const url = `${env.gateway.replace(/^http/, 'ws')}${path}`;
    const socket = new WebSocket(url, ['realtime', `openai-insecure-api-key.${key}`]);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new GatewaySocket(socket)));
      socket.addEventListener('error', () => reject(new Error('the handshake was refused')));
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#frames.push(data);
      this.#waiting?.();
    });
  }

  get protocol() {
    return this.#socket.protocol;
  }

  /** An object, or any text as it is. */
  send(question) {
    this.#socket.send(typeof question === 'string' ? question : JSON.stringify(question));
  }

  /** The next frame, parsed unless it is `[DONE]`. */
  async next() {
    const deadline = AbortSignal.timeout(PATIENCE);
    while (this.#frames.length === 0) {
      await new Promise((resolve, reject) => {
        this.#waiting = resolve;
        deadline.onabort = () => reject(new Error(`no frame within ${PATIENCE} ms`));
      });
    }
    deadline.onabort = null;
    const frame = this.#frames.shift();
    return frame === '[DONE]' ? frame : JSON.parse(frame);
  }

  /** Asks a question and answers all its frames but the `[DONE]`. */
  async ask(question) {
    this.send(question);
    const frames = [];
    for (let frame = await this.next(); frame !== '[DONE]'; frame = await this.next()) {
      frames.push(frame);
      if (frame.error) {
        throw new Error(`an error came instead of an answer: ${JSON.stringify(frame)}`);
      }
    }
    return frames;
  }

  close() {
    this.#socket.close();
  }
}
