// Plain HTTP over node:http: no header is added, renamed or hidden, and an answer that comes before the body is sent counts.
import http from 'node:http';

/**
 * @param {string} url
 * @param {{method?: string, headers?: object, body?: string|Buffer, onChunk?: (text: string) => void, timeout?: number, endless?: number}} options
 *        `endless`: announce this many bytes and keep sending until the server answers
 * @returns {Promise<{status: number, headers: object, text: string, json: any}>}
 */
export function send(url, { method = 'GET', headers = {}, body, onHeaders, onChunk, timeout = 30_000, endless = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const length = endless || (body === undefined ? undefined : Buffer.byteLength(body));
    const request = http.request(url, {
      method,
      agent: false,
      headers: { ...headers, ...(length === undefined ? {} : { 'content-length': length }) },
    });
    let answered = false;
    request.setTimeout(timeout, () => request.destroy(new Error(`${method} ${url}: no answer within ${timeout} ms`)));
    request.on('error', (error) => answered || reject(error));
    request.on('response', (response) => {
      answered = true;
      onHeaders?.(response.headers);
      const parts = [];
      response.on('data', (part) => {
        parts.push(part);
        onChunk?.(part.toString());
      });
      response.on('error', reject);
      response.on('end', () => {
        request.destroy();
        const text = Buffer.concat(parts).toString();
        resolve({ status: response.statusCode, headers: response.headers, text, json: parsed(text) });
      });
    });
    if (endless) {
      flood(request, endless, () => answered);
    } else {
      request.end(body);
    }
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function flood(request, total, stopped) {
  const part = Buffer.alloc(64 * 1024, 0x20);
  part[0] = 0x7b;
  let sent = 0;
  const more = () => {
    while (sent < total && !stopped() && !request.destroyed) {
      sent += part.length;
      if (!request.write(part)) {
        request.once('drain', more);
        return;
      }
    }
  };
  more();
}
