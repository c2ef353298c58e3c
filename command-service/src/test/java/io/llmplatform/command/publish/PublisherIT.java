package io.llmplatform.command.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.UserEvent.UserCreated;
import io.llmplatform.contracts.event.UserEvent.UserDisabled;
import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonKeyBox;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.contracts.settings.Secrets;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** The publisher against a Kafka of its own, which may be stopped. */
class PublisherIT {
    /** Events of a demo's first start, and of a login: signing key, accounts, provider, models, session. */
    private static final int SEEDED = 1 + 3 + 1 + 9 + 1;

    private static final List<TopicPartition> DOMAIN = List.of(new TopicPartition(Topics.DOMAIN, 0));

    private static final PersonKeyBox BOX =
            new PersonKeyBox(Secrets.keyBytes("demo-personal-data-key-0123456789-01", PersonKeyBox.PURPOSE));
    private static final Map<String, byte[]> KEYS = new ConcurrentHashMap<>();

    @Test
    void eventsArriveAtOnceInOrderAndSurviveKafkaBeingAway() {
        var database = PostgresServer.shared().newDatabase();
        var kafka = KafkaServer.start();
        try {
            try (var service = Service.start(settings(database, kafka));
                    var consumer = consumer(kafka)) {
                var records = new ArrayList<ConsumerRecord<String, String>>();
                var admin = service.admin();
                await().atMost(Duration.ofSeconds(60)).until(() -> poll(consumer, records) >= SEEDED);

                var created = service.post(
                        "users",
                        admin,
                        Map.of("username", "published", "password", "long enough"),
                        Headers.REQUEST_ID,
                        "req_publisherit",
                        Headers.FORWARDED_FOR,
                        "192.0.2.7",
                        "X-Reason",
                        "because");
                await().atMost(Duration.ofSeconds(5))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> poll(consumer, records) >= SEEDED + 1);
                var envelope = envelope(records.getLast());
                checkEnvelope(envelope, created);
                assertThat(records.getLast().value()).doesNotContain("published", "192.0.2.7", "\"admin\"");
                assertThat(records.getLast().key()).isEqualTo(created.id());

                for (int i = 0; i < 20; i++) {
                    post(service, admin, "warm" + i);
                }
                await().until(() -> poll(consumer, records) >= SEEDED + 21);
                assertThat(latencies(records.subList(SEEDED + 1, SEEDED + 21)))
                        .as("milliseconds from event to broker")
                        .anyMatch(latency -> latency < 100);

                kafka.stop();
                var ids = IntStream.range(0, 30)
                        .mapToObj(i -> post(service, admin, "away" + i))
                        .toList();
                assertThat(service.post("users/" + ids.getFirst() + "/disable", admin, null)
                                .status())
                        .isEqualTo(200);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> service.get("/health", null).body().contains("waiting for Kafka"));
                assertThat(service.get("/health", null).status()).isEqualTo(200);
                kafka.restart();
                await().atMost(Duration.ofSeconds(60)).until(() -> distinct(records, consumer) >= SEEDED + 52);
                assertFirstOccurrencesRise(records);
                assertThat(envelope(records.getLast()).type())
                        .isEqualTo(EventCatalog.type(UserDisabled.class).name());
            }
            try (var service = Service.start(settings(database, kafka));
                    var consumer = consumer(kafka)) {
                var records = new ArrayList<ConsumerRecord<String, String>>();
                var last = post(service, service.admin(), "after-restart");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> poll(consumer, records) > 0
                                && records.getLast().key().equals(last));
                assertThat(distinct(records, consumer)).isEqualTo(SEEDED + 54);
                assertFirstOccurrencesRise(records);

                storeOfFirstRevision(service);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> poll(consumer, records) > 0
                                && records.getLast().key().equals("lgn_old"));
                assertThat(envelope(records.getLast()).revision()).isEqualTo("2");
                assertThat(EventCatalog.read(envelope(records.getLast())))
                        .isEqualTo(new LoginFailed("lgn_old", null, null, LoginFailed.Reason.UNKNOWN_USER, 3L));
            }
        } finally {
            kafka.close();
        }
    }

    @Test
    void whatTheTopicHasLostIsPublishedAgain() throws Exception {
        var database = PostgresServer.shared().newDatabase();
        try (var kafka = KafkaServer.start();
                var service = Service.start(settings(database, kafka));
                var admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            var token = service.admin();
            post(service, token, "before");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(positions(kafka)).isEqualTo(stored(service)));

            admin.deleteRecords(Map.of(new TopicPartition(Topics.DOMAIN, 0), RecordsToDelete.beforeOffset(5)))
                    .all()
                    .get();
            assertThat(positions(kafka)).hasSize(stored(service).size() - 5);
            post(service, token, "meanwhile");
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(positions(kafka)).isEqualTo(stored(service)));

            admin.deleteTopics(List.of(Topics.DOMAIN, Topics.PERSON_KEYS)).all().get();
            await().atMost(Duration.ofSeconds(120))
                    .ignoreExceptionsInstanceOf(KafkaException.class)
                    .untilAsserted(() -> assertThat(positions(kafka)).isEqualTo(stored(service)));
            KEYS.clear();
            try (var consumer = consumer(kafka)) {
                var records = new ArrayList<ConsumerRecord<String, String>>();
                await().until(() -> poll(consumer, records) == stored(service).size());
                // The keys of persons are there too: each event opens.
                assertThat(records).allSatisfy(record -> assertThat(EventCatalog.read(envelope(record)))
                        .isNotNull());
            }

            post(service, token, "after");
            await().untilAsserted(() -> assertThat(positions(kafka)).isEqualTo(stored(service)));
        }
    }

    private static List<Long> stored(Service service) {
        return service.jdbc().queryForList("select position from events.domain_event order by position", Long.class);
    }

    /** Of all events on the topic, as they stand there. */
    private static List<Long> positions(KafkaServer kafka) {
        try (var consumer = consumer(kafka)) {
            long missing = consumer.endOffsets(DOMAIN).values().iterator().next()
                    - consumer.beginningOffsets(DOMAIN).values().iterator().next();
            var records = new ArrayList<ConsumerRecord<String, String>>();
            await().until(() -> poll(consumer, records) >= missing);
            return records.stream().map(record -> envelope(record).position()).toList();
        }
    }

    /** As an earlier version of this service did it. */
    private static void storeOfFirstRevision(Service service) {
        service.jdbc().update("""
                        insert into events.domain_event
                            (id, aggregate_type, aggregate_id, sequence, at, type, revision, payload, metadata)
                        select 'evt_old', 'login', 'lgn_old', 0, at, 'login.LoginFailed', '1', convert_to(?, 'UTF8'), metadata
                        from events.domain_event order by position limit 1""", """
                        {"attempt_id": "lgn_old", "reason": "unknown_user", "unrecorded": 3}""");
    }

    private static void checkEnvelope(EventEnvelope envelope, Service.Answer created) {
        assertThat(envelope.type()).isEqualTo("user.UserCreated");
        assertThat(envelope.revision()).isEqualTo("1");
        assertThat(envelope.aggregateType()).isEqualTo("user");
        assertThat(envelope.aggregateId()).isEqualTo(created.id());
        assertThat(envelope.sequence()).isZero();
        assertThat(Long.toString(envelope.position())).isEqualTo(created.header(Headers.CONSISTENCY_TOKEN));
        assertThat(envelope.meta().actor().name().clear()).isEqualTo("admin");
        assertThat(envelope.meta().ip().clear()).isEqualTo("192.0.2.7");
        assertThat(envelope.meta().ip().subject())
                .isEqualTo(envelope.meta().actor().id());
        assertThat(envelope.meta().userAgent().clear()).startsWith("Java-http-client");
        assertThat(envelope.meta().requestId()).isEqualTo("req_publisherit");
        assertThat(envelope.meta().reason()).isEqualTo("because");
        assertThat(EventCatalog.read(envelope)).isInstanceOfSatisfying(UserCreated.class, event -> assertThat(
                        event.username().clear())
                .isEqualTo("published"));
    }

    private static List<Long> latencies(List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .map(record -> record.timestamp() - envelope(record).at().toEpochMilli())
                .sorted()
                .toList();
    }

    private static void assertFirstOccurrencesRise(List<ConsumerRecord<String, String>> records) {
        long highest = 0;
        var known = new java.util.HashSet<Long>();
        for (var record : records) {
            var position = envelope(record).position();
            if (known.add(position)) {
                assertThat(position).isGreaterThan(highest);
                highest = position;
            }
        }
    }

    private static long distinct(List<ConsumerRecord<String, String>> records, KafkaConsumer<String, String> consumer) {
        poll(consumer, records);
        return records.stream().map(record -> envelope(record).id()).distinct().count();
    }

    private static Map<String, String> settings(String database, KafkaServer kafka) {
        return Map.of("DATABASE_URL", database, "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }

    private static String post(Service service, String token, String name) {
        var answer = service.post("users", token, Map.of("username", name, "password", "long enough"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.id();
    }

    /** Opened with the keys that were published beside it. */
    private static EventEnvelope envelope(ConsumerRecord<String, String> record) {
        var tree = ContractJson.mapper().readTree(record.value());
        PersonalData.open(tree, subject -> Optional.ofNullable(KEYS.get(subject)));
        return ContractJson.mapper().treeToValue(tree, EventEnvelope.class);
    }

    private static int poll(KafkaConsumer<String, String> consumer, List<ConsumerRecord<String, String>> records) {
        for (var record : consumer.poll(Duration.ofMillis(50))) {
            if (record.topic().equals(Topics.PERSON_KEYS)) {
                KEYS.put(record.key(), BOX.unwrap(record.value(), record.key()));
            } else {
                records.add(record);
            }
        }
        return records.size();
    }

    private static KafkaConsumer<String, String> consumer(KafkaServer kafka) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        5_000,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        500),
                new StringDeserializer(),
                new StringDeserializer());
        var partitions = List.of(new TopicPartition(Topics.PERSON_KEYS, 0), new TopicPartition(Topics.DOMAIN, 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
