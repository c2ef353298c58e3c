// Requests of one person as such a month has them, planted as usage records that no gateway made.
import { produce } from '../lib/kafka.mjs';
import { MODELS } from './company.mjs';
import { month } from './traffic.mjs';

const BATCH = 500;
const deployments = [{ id: 'dep_planted', provider_id: 'prv_planted', upstream_model: 'planted' }];
const models = new Map(MODELS.map(({ name }) => [name, { deployments }]));

/** Their records, about so many, in the order of their time. Times in milliseconds. */
export const requestsOf = (userId, { from, to, count }) => [
  ...month({ models, callers: [{ user_id: userId, weight: 1, home: 0 }], from, to, count }),
];

export async function plant(records) {
  for (let i = 0; i < records.length; i += BATCH) {
    await produce('usage.v1', 0, records.slice(i, i + BATCH).map((record) => [record.request_id, JSON.stringify(record)]));
  }
}
