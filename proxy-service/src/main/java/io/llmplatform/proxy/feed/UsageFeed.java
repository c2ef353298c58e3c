package io.llmplatform.proxy.feed;

import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.proxy.journal.Entry;
import io.llmplatform.proxy.journal.JournalTail;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the journal's outcomes, in order, in batches that advance only when the broker has acknowledged all of one.
 * While the broker is away the batch is tried again; after a crash what was not acknowledged is sent again, so readers
 * see each record at least once.
 */
public final class UsageFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageFeed.class);
    private static final int BATCH = 1000;
    private static final Duration IDLE = Duration.ofMillis(500);

    /** What comes in such a moment is sent together: a record alone costs many times its share of a batch. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int ADMIN_TIMEOUT_MILLIS = 5000;

    private final FeedSettings settings;
    private final JournalTail tail;
    private final GatewayMeters meters;
    private final Thread thread;
    private volatile boolean closing;
    private boolean broken;
    private int turn;

    public UsageFeed(FeedSettings settings, JournalTail tail, GatewayMeters meters) {
        this.settings = settings;
        this.tail = tail;
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("usage-feed").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            try {
                ensureTopic();
                publishAll();
            } catch (KafkaException | ExecutionException e) {
                if (!broken) {
                    broken = true;
                    LOG.warn("usage feed: broker away, the journal keeps what is due: {}", e.toString());
                }
                // Not the tail's wait: that one ends at once while something is due.
                LockSupport.parkNanos(IDLE.toNanos());
            } catch (IOException | RuntimeException e) {
                LOG.error("usage feed: publishing the journal failed, trying again", e);
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ensureTopic() throws ExecutionException, InterruptedException {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ADMIN_TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ADMIN_TIMEOUT_MILLIS);
        try (var admin = Admin.create(config)) {
            if (admin.listTopics().names().get().contains(Topics.USAGE)) {
                return;
            }
            var topic = new NewTopic(Topics.USAGE, Topics.USAGE_PARTITIONS, settings.replicationFactor())
                    .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("created topic {}", Topics.USAGE);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void publishAll() throws IOException, ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(producerConfig(), new StringSerializer(), new ByteArraySerializer())) {
            boolean last;
            do {
                // Read the flag first: what was written before closing is then seen by the read below.
                last = closing;
                boolean more;
                do {
                    more = publishBatch(producer);
                } while (more);
                if (!last) {
                    tail.await(IDLE);
                    LockSupport.parkNanos(GATHERING.toNanos());
                }
            } while (!last);
            tail.persist();
        }
    }

    /** @return whether there is more at once */
    private boolean publishBatch(Producer<String, byte[]> producer)
            throws IOException, ExecutionException, InterruptedException {
        var batch = tail.read(BATCH);
        var sent = new ArrayList<Future<?>>(batch.outcomes().size());
        // All of a batch to one partition, the next to another: cut in four it would cost the producer and the broker
        // several times as much. Nothing hangs on where a record lies; each stands for itself.
        turn = (turn + 1) % producer.partitionsFor(Topics.USAGE).size();
        for (Entry outcome : batch.outcomes()) {
            sent.add(producer.send(new ProducerRecord<>(Topics.USAGE, turn, outcome.requestId(), outcome.json())));
        }
        producer.flush();
        for (var future : sent) {
            future.get();
        }
        tail.acknowledge(batch);
        meters.published(sent.size());
        if (broken && !sent.isEmpty()) {
            broken = false;
            LOG.info("usage feed: broker is back");
        }
        return sent.size() == BATCH;
    }

    private Map<String, Object> producerConfig() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1000);
    }

    /** Publishes what is there, for a few seconds at most; the journal keeps the rest for the next start. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }
}
