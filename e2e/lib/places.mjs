// Everything the platform keeps or says, place by place, as bytes.
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dump, tables } from './database.mjs';
import { env } from './env.mjs';
import { readTopic, topics } from './kafka.mjs';
import { documents, indices } from './search.mjs';

// Programs, and the file that holds the platform's own secrets by design, none of those that came in.
const NOT_DATA = /^app\/|^secrets\.env$/;

/** Yields `[name of the place, content]`; contents may be large, so keep none. */
export async function* places(reader) {
  for (const table of await tables()) {
    yield [`table ${table}`, (await dump(table)).join('\n')];
  }
  for (const topic of await topics()) {
    const records = await readTopic(topic);
    yield [`topic ${topic}`, records.map((one) => `${one.key} ${one.value} ${one.headers}`).join('\n')];
  }
  for (const index of await indices()) {
    yield [`index ${index}`, (await Array.fromAsync(documents(index))).join('\n')];
  }
  for (const path of ['users', 'teams', 'api-keys', 'providers', 'models', 'audit/events', 'usage/requests']) {
    yield [`answer ${path}`, JSON.stringify(await reader.get(`${path}?limit=500`))];
  }
  for (const file of globSync(['**/*', '**/.*'], { cwd: env.data })) {
    const content = NOT_DATA.test(file) ? undefined : readIfThere(join(env.data, file));
    if (content) {
      yield [`file ${file}`, content];
    }
  }
}

/** Lucene, Kafka and PostgreSQL may remove a file between the listing and the reading. */
function readIfThere(file) {
  try {
    return statSync(file).isFile() ? readFileSync(file) : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
