import { disguises } from './planted.mjs';

/**
 * Finds which of many texts stand in a buffer, in clear or in disguise, in one pass: a bitmap over three bytes from
 * the middle (beginnings such as `sk-` are alike) tells the few positions that are worth a comparison. Hundreds of texts in
 * hundreds of megabytes take about a second.
 */
export class Finder {
  #bitmap = new Uint8Array(1 << 24);
  #byAnchor = new Map();

  constructor(texts) {
    for (const text of texts) {
      for (const form of disguises(text)) {
        const bytes = Buffer.from(form);
        const middle = bytes.length >> 1;
        const anchor = bytes.readUIntBE(middle, 3);
        this.#bitmap[anchor] = 1;
        this.#byAnchor.set(anchor, [...(this.#byAnchor.get(anchor) ?? []), { bytes, text, middle }]);
      }
    }
  }

  /** @returns {Set<string>} the texts that were found */
  in(content) {
    const buffer = Buffer.isBuffer(content) ? content : Buffer.from(content);
    const found = new Set();
    let anchor = 0;
    for (let i = 0; i < buffer.length; i++) {
      anchor = ((anchor << 8) | buffer[i]) & 0xffffff;
      if (this.#bitmap[anchor] === 1) {
        this.#compare(buffer, i - 2, anchor, found);
      }
    }
    return found;
  }

  #compare(buffer, position, anchor, found) {
    for (const { bytes, text, middle } of this.#byAnchor.get(anchor)) {
      const at = position - middle;
      if (at >= 0 && at + bytes.length <= buffer.length && buffer.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0) {
        found.add(text);
      }
    }
  }
}
