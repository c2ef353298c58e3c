package io.llmplatform.proxy;

import io.llmplatform.contracts.apikey.ApiKeys;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.personal.PersonSeal;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.secret.SecretBox;
import io.llmplatform.contracts.settings.Secrets;
import io.llmplatform.contracts.topic.Topics;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plays the projections: writes what the gateway must know. */
final class ConfigTopic implements AutoCloseable {
    static final String PEPPER = "demo-pepper-for-tests-0123456789abcdef";
    static final String KEK = "demo-key-encryption-for-tests-0123456789";
    static final ModelEvent.Price PRICE =
            new ModelEvent.Price("USD", new BigDecimal("2.5"), new BigDecimal("10"), new BigDecimal("1.25"));

    /** Of every person here. */
    static final byte[] PERSON_KEY = new byte[32];

    private static final String SEALING_KEY = PersonSeal.publicKey(PERSON_KEY);

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong version = new AtomicLong();

    ConfigTopic(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(Topics.GATEWAY_CONFIG, 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    void publish(ConfigRecord record) throws Exception {
        var value = ContractJson.mapper().writerFor(ConfigRecord.class).writeValueAsBytes(record);
        raw(record.key(), value);
    }

    void raw(String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(Topics.GATEWAY_CONFIG, key, value)).get(30, TimeUnit.SECONDS);
    }

    void user(String id, boolean active) throws Exception {
        publish(new ConfigRecord.User(
                id, version.incrementAndGet(), active, Role.MEMBER, null, null, null, SEALING_KEY));
    }

    void user(String id, String teamId, Limits limits, List<Budget> budgets) throws Exception {
        publish(new ConfigRecord.User(
                id, version.incrementAndGet(), true, Role.MEMBER, teamId, limits, budgets, SEALING_KEY));
    }

    void team(String id, boolean active, Limits limits, List<Budget> budgets) throws Exception {
        publish(new ConfigRecord.Team(id, version.incrementAndGet(), active, limits, budgets));
    }

    /** @return the key in clear */
    String key(KeyDraft draft) throws Exception {
        publish(draft.record(version.incrementAndGet()));
        return draft.key;
    }

    void model(ModelDraft draft) throws Exception {
        publish(draft.record(version.incrementAndGet()));
    }

    /** @return the key in clear */
    String key(String id, String userId, String... allowedModels) throws Exception {
        var key = ApiKeys.generate(new SecureRandom());
        key(id, userId, key, true, null, allowedModels);
        return key;
    }

    void key(String id, String userId, String key, boolean active, Instant expiresAt, String... allowedModels)
            throws Exception {
        publish(new ConfigRecord.ApiKey(
                id,
                version.incrementAndGet(),
                active,
                userId,
                null,
                ApiKeys.hash(key, Secrets.keyBytes(PEPPER, "api-key-pepper")),
                null,
                null,
                allowedModels.length == 0 ? null : Arrays.asList(allowedModels),
                expiresAt,
                null,
                null,
                null,
                null,
                null,
                null));
    }

    void provider(String id, String type, String baseUrl, String secret) throws Exception {
        var box = new SecretBox(Secrets.keyBytes(KEK, "key-encryption-key"));
        publish(new ConfigRecord.Provider(
                id, version.incrementAndGet(), true, id, type, baseUrl, secret == null ? null : box.seal(secret, id)));
    }

    /** A model whose deployments are {@code dep_<provider>} with the model's name upstream. */
    void model(String name, String... providers) throws Exception {
        var deployments = Arrays.stream(providers)
                .map(provider ->
                        new ModelEvent.Deployment("dep_" + provider, provider, "up-" + name, 1, null, null, null, null))
                .toList();
        publish(new ConfigRecord.Model(
                "mdl_" + name,
                version.incrementAndGet(),
                true,
                name,
                deployments,
                PRICE,
                null,
                null,
                null,
                Instant.now()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
