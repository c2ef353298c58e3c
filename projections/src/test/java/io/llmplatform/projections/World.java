package io.llmplatform.projections;

import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonKeyBox;
import io.llmplatform.contracts.personal.PersonSeal;
import io.llmplatform.contracts.personal.PersonalData;
import io.llmplatform.contracts.settings.DatabaseUrl;
import io.llmplatform.contracts.settings.Secrets;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import io.llmplatform.testkit.SearchServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Servers, a topic writer and instances of the service, as a test needs them. */
final class World implements AutoCloseable {
    static final String PERSONAL_DATA_KEY = "demo-personal-data-key-0123456789-01";
    private static final PersonKeyBox BOX = new PersonKeyBox(Secrets.keyBytes(PERSONAL_DATA_KEY, PersonKeyBox.PURPOSE));
    private static final AtomicLong POSITION = new AtomicLong();
    private static final EventMeta META = new EventMeta(
            Actor.user("usr_admin", "admin"),
            new Personal("usr_admin", "10.1.2.3"),
            new Personal("usr_admin", "Mozilla/5.0 (test)"),
            "req_0001",
            null);

    final PostgresServer postgres;
    final KafkaServer kafka;
    final SearchServer search;
    final String database;
    final String indexPrefix;
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();
    private KafkaProducer<String, byte[]> producer;

    World(PostgresServer postgres, KafkaServer kafka, SearchServer search) {
        this(postgres, kafka, search, postgres.newDatabase());
    }

    private World(PostgresServer postgres, KafkaServer kafka, SearchServer search, String database) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.search = search;
        this.database = database;
        this.indexPrefix = database.substring(database.lastIndexOf('/') + 1) + "-";
        createTopics();
    }

    /** On the servers that all tests share. */
    static World shared() {
        return new World(PostgresServer.shared(), KafkaServer.shared(), SearchServer.shared());
    }

    /** The same topics into another database: everything from the beginning. */
    World fromZero() {
        return new World(postgres, kafka, search);
    }

    /** Of the command line of an instance. */
    List<String> arguments() {
        return List.of(
                "--server.port=0",
                "--projections.database-url=" + postgres.urlFor(database, "projections"),
                "--projections.mode=demo",
                "--projections.personal-data-key=" + PERSONAL_DATA_KEY,
                "--projections.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--projections.search.url=" + search.url(),
                "--projections.search.index-prefix=" + indexPrefix,
                "--logging.level.org.apache.kafka=ERROR");
    }

    ConfigurableApplicationContext start() {
        var instance = new SpringApplicationBuilder(ProjectionsApplication.class)
                .run(arguments().toArray(String[]::new));
        instances.add(instance);
        return instance;
    }

    JdbcClient jdbc() {
        var url = DatabaseUrl.parse(postgres.urlFor(database, "postgres"));
        return JdbcClient.create(new DriverManagerDataSource(url.jdbcUrl(), url.user(), ""));
    }

    private void createTopics() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            for (var topic : List.of(
                    new NewTopic(Topics.DOMAIN, 1, (short) 1),
                    new NewTopic(Topics.PERSON_KEYS, 1, (short) 1),
                    new NewTopic(Topics.READS, 1, (short) 1),
                    new NewTopic(Topics.LOGS, 1, (short) 1),
                    new NewTopic(Topics.USAGE, 4, (short) 1))) {
                try {
                    admin.createTopics(List.of(topic)).all().get();
                } catch (java.util.concurrent.ExecutionException e) {
                    if (!(e.getCause() instanceof org.apache.kafka.common.errors.TopicExistsException)) {
                        throw e;
                    }
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** An event as the command-service would publish it, at the next position. */
    static EventEnvelope envelope(String aggregateId, long sequence, DomainEvent event) {
        long position = POSITION.incrementAndGet();
        var type = EventCatalog.type(event.getClass());
        return new EventEnvelope(
                "evt_" + position + "_" + aggregateId,
                position,
                type.name(),
                type.revision(),
                type.name().substring(0, type.name().indexOf('.')),
                aggregateId,
                sequence,
                Instant.parse("2026-11-22T10:00:00Z").plusSeconds(position),
                META,
                ContractJson.mapper().valueToTree(event));
    }

    /** The events of one aggregate, in order, from sequence 0. */
    static List<EventEnvelope> history(String aggregateId, DomainEvent... events) {
        var all = new ArrayList<EventEnvelope>();
        for (var event : events) {
            all.add(envelope(aggregateId, all.size(), event));
        }
        return all;
    }

    /** As the command-service would: personal data sealed, the keys to it first. */
    void publish(List<EventEnvelope> events) {
        for (var event : events) {
            JsonNode tree = ContractJson.mapper().valueToTree(event);
            PersonalData.seal(tree, this::personKey);
            send(Topics.DOMAIN, event.aggregateId(), ContractJson.mapper().writeValueAsBytes(tree));
        }
        flush();
    }

    /** What the gateway seals the person's origin with. */
    static String sealingKey(String subject) {
        return PersonSeal.publicKey(Secrets.keyBytes(PERSONAL_DATA_KEY, subject));
    }

    private byte[] personKey(String subject) {
        var key = Secrets.keyBytes(PERSONAL_DATA_KEY, subject);
        send(Topics.PERSON_KEYS, subject, BOX.wrap(key, subject).getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /** The person's key is destroyed. */
    void forget(String subject) {
        producer().send(new ProducerRecord<>(Topics.PERSON_KEYS, subject, null));
        flush();
    }

    void use(UsageRecord... records) {
        use(Arrays.asList(records));
    }

    void use(List<UsageRecord> records) {
        records.forEach(record ->
                send(Topics.USAGE, record.requestId(), ContractJson.mapper().writeValueAsBytes(record)));
        flush();
    }

    void sendText(String topic, String key, String value) {
        send(topic, key, value.getBytes(StandardCharsets.UTF_8));
        flush();
    }

    private void send(String topic, String key, byte[] value) {
        producer().send(new ProducerRecord<>(topic, key, value));
    }

    void flush() {
        producer().flush();
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "linger.ms", 5),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    /** Waits until the projection includes the position. */
    void awaitPosition(String projection, long position) {
        eventually(
                () -> jdbc().sql("select count(*) from readmodel.projection_progress where name = ? and position >= ?")
                                .params(projection, position)
                                .query(Long.class)
                                .single()
                        == 1);
    }

    static long lastPosition(List<EventEnvelope> events) {
        return events.getLast().position();
    }

    /** Waits until the condition holds, taking an outage in between for a no. */
    static void eventually(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition);
    }

    /** Every row of a table as text, in a stable order. */
    List<String> rows(String select) {
        return jdbc().sql("select to_jsonb(t)::text as row from (" + select + ") t order by 1")
                .query(String.class)
                .list();
    }

    @Override
    public void close() {
        instances.forEach(ConfigurableApplicationContext::close);
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
