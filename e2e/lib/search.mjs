import { env } from './env.mjs';

async function call(path, body) {
  const answer = await fetch(`${env.search}/${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) {
    throw new Error(`search ${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

/** Names of all indices, hidden ones left out. */
export const indices = async () =>
  (await call('_cat/indices?format=json')).map((row) => row.index).filter((name) => !name.startsWith('.'));

/** Up to 10,000 documents that fit the query. */
export async function find(index, search = { match_all: {} }) {
  const answer = await call(`${index}/_search`, { query: search, size: 10_000, track_total_hits: true });
  if (answer.hits.total.value > 10_000) {
    throw new Error(`${index}: ${answer.hits.total.value} documents fit, more than one page`);
  }
  return answer.hits.hits.map((hit) => ({ id: hit._id, ...hit._source }));
}

/** Documents of the requests index, by one exact value. */
export const requestDocuments = (field, value) => find('llm-requests', { term: { [field]: value } });

/** Every document of an index as one string each, page by page. */
export async function* documents(index) {
  let after;
  do {
    const { hits } = await call(`${index}/_search`, {
      size: 1_000,
      sort: [{ _id: 'asc' }],
      ...(after ? { search_after: after } : {}),
    });
    for (const hit of hits.hits) {
      yield JSON.stringify(hit);
    }
    after = hits.hits.at(-1)?.sort;
  } while (after);
}

/** Takes an index away, with all that is in it. */
export async function drop(index) {
  const answer = await fetch(`${env.search}/${index}`, { method: 'DELETE' });
  if (!answer.ok) {
    throw new Error(`search ${index}: ${answer.status} ${await answer.text()}`);
  }
}
