// Reads whole topics without a consumer group: it leaves nothing behind and waits for no rebalance.
import { Admin, Consumer, ListOffsetTimestamps, Producer } from '@platformatic/kafka';
import { env } from './env.mjs';

const options = { clientId: 'e2e', bootstrapBrokers: env.kafka.split(','), timeout: 10_000 };

export async function topics() {
  const admin = new Admin(options);
  try {
    return await admin.listTopics();
  } finally {
    await admin.close();
  }
}

/** All records of a topic from its beginning to where it ends now: `{key, value, headers, partition, offset}`, as text. */
export async function readTopic(topic) {
  const consumer = new Consumer({ ...options, groupId: 'e2e-unused' });
  try {
    const metadata = await consumer.metadata({ topics: [topic] });
    const { id, partitions } = metadata.topics.get(topic);
    const first = await consumer.listOffsets({ topics: [topic], timestamp: ListOffsetTimestamps.EARLIEST });
    const end = await consumer.listOffsets({ topics: [topic], timestamp: ListOffsetTimestamps.LATEST });
    const records = [];
    for (let partition = 0; partition < end.get(topic).length; partition++) {
      const from = first.get(topic)[partition];
      const to = end.get(topic)[partition];
      records.push(...(await readPartition(consumer, { topicId: id, node: partitions[partition].leader, partition, from, to })));
    }
    return records;
  } finally {
    await consumer.close(true);
  }
}

async function readPartition(consumer, { topicId, node, partition, from, to }) {
  const records = [];
  for (let next = from; next < to; ) {
    const answer = await consumer.fetch({
      node,
      minBytes: 1,
      maxWaitTime: 500,
      topics: [
        {
          topicId,
          partitions: [
            { partition, fetchOffset: next, currentLeaderEpoch: -1, lastFetchedEpoch: -1, partitionMaxBytes: 8 << 20 },
          ],
        },
      ],
    });
    const batches = answer.responses[0]?.partitions[0]?.records ?? [];
    for (const batch of batches) {
      for (const record of batch.records) {
        const offset = batch.firstOffset + BigInt(record.offsetDelta);
        if (offset >= next && offset < to) {
          records.push(plain(record, partition, offset));
        }
      }
      next = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
    }
    if (batches.length === 0) {
      break;
    }
  }
  return records;
}

const plain = (record, partition, offset) => ({
  partition,
  offset,
  key: record.key?.toString(),
  value: record.value?.toString(),
  headers: JSON.stringify((record.headers ?? []).map(([name, value]) => [`${name}`, `${value}`])),
});

/** Says of a key of a compacted topic that there is nothing under it any more. */
export async function tombstone(topic, key) {
  const producer = new Producer(options);
  try {
    await producer.send({ messages: [{ topic, partition: 0, key: Buffer.from(key), value: undefined }] });
  } finally {
    await producer.close();
  }
}

/** Writes records `[key, value]` to a partition of a topic. */
export async function produce(topic, partition, records) {
  const producer = new Producer(options);
  try {
    await producer.send({ messages: records.map(([key, value]) => ({ topic, partition, key: Buffer.from(key), value: Buffer.from(value) })) });
  } finally {
    await producer.close();
  }
}
