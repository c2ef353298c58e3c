package io.llmplatform.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.testkit.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Planted secrets are in no table, no topic and no log. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {
    private static final String PASSWORD = "planted-password-7c1f";
    private static final String SECOND_PASSWORD = "planted-second-4e2a";
    private static final String ACCEPTED_PASSWORD = "planted-accepted-1b7d";
    private static final String PROVIDER_KEY = "planted-provider-key-99ab";
    private static final String ROTATED_KEY = "planted-rotated-key-55cd";

    @Test
    void noPlantedSecretIsFoundAnywhere(CapturedOutput output) {
        try (var service = Service.start()) {
            var admin = service.admin();
            var user = service.post("users", admin, Map.of("username", "planter", "password", PASSWORD))
                    .id();
            service.post("users", admin, Map.of("username", "planter", "password", PASSWORD));
            var token = service.login("planter", PASSWORD);
            service.post("auth/login", null, Map.of("username", "planter", "password", SECOND_PASSWORD));
            service.post("users/" + user + "/password", admin, Map.of("password", SECOND_PASSWORD));
            var freshToken = service.login("planter", SECOND_PASSWORD);
            service.post("users", admin, "{\"username\":\"x\",\"password\":\"" + PASSWORD + "\",\"typo\":1}");
            service.post(
                    "users", admin, "{\"username\":\"" + PASSWORD + "\",\"password\":{\"p\":\"" + PASSWORD + "\"}}");
            service.post("users", admin, "{\"password\":\"" + PASSWORD + "\", broken");
            var provider = service.post(
                            "providers", admin, Map.of("name", "planted", "type", "openai", "api_key", PROVIDER_KEY))
                    .id();
            service.patch("providers/" + provider, admin, Map.of("api_key", ROTATED_KEY));
            var issued = service.post("api-keys", freshToken, Map.of("name", "planted"));
            var key = issued.json().get("key").asString();
            assertThat(key).startsWith("sk-");
            var secretPart = key.substring(15);
            var rotated =
                    service.post("api-keys/" + issued.id() + "/rotate", freshToken, Map.of("overlap_seconds", 60));
            var rotatedPart = rotated.json().get("key").asString().substring(15);
            var invitation = service.post("users", admin, Map.of("username", "invited"))
                    .json()
                    .at("/invitation/token")
                    .asString();
            service.post("auth/invitations/accept", null, Map.of("token", invitation, "password", ACCEPTED_PASSWORD));
            var secondFactor = service.post("auth/second-factor", freshToken, Map.of("password", SECOND_PASSWORD))
                    .json()
                    .get("secret")
                    .asString();
            var last =
                    service.post("api-keys", freshToken, Map.of("name", "last")).id();
            var secrets = List.of(
                    PASSWORD,
                    SECOND_PASSWORD,
                    PROVIDER_KEY,
                    ROTATED_KEY,
                    secretPart,
                    rotatedPart,
                    invitation,
                    secondFactor,
                    ACCEPTED_PASSWORD,
                    token,
                    freshToken);

            var topic = topicUpTo(last);
            // The user name too: it is personal data, sealed.
            assertThat(topic).contains(last).doesNotContain("planter").doesNotContain(secrets);
            var tables = tables(service);
            assertThat(tables).contains(user).doesNotContain("planter").doesNotContain(secrets);
            assertThat(output.getAll()).contains("INFO").doesNotContain(secrets);
        }
    }

    private static String tables(Service service) {
        var names = service.jdbc().queryForList("""
                        select table_schema || '.' || table_name from information_schema.tables
                        where table_schema in ('events', 'identity')""", String.class);
        assertThat(names).hasSizeGreaterThanOrEqualTo(8);
        var all = new StringBuilder();
        for (var name : names) {
            service.jdbc().query("select * from " + name, row -> {
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    var bytes =
                            row.getMetaData().getColumnTypeName(column).equals("bytea") ? row.getBytes(column) : null;
                    all.append(bytes == null ? row.getString(column) : new String(bytes, StandardCharsets.UTF_8))
                            .append('\n');
                }
            });
        }
        return all.toString();
    }

    private static String topicUpTo(String lastKey) {
        var all = new StringBuilder();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        KafkaServer.shared().bootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition(Topics.DOMAIN, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> all.append(record.value()));
                return all.indexOf(lastKey) >= 0;
            });
        }
        return all.toString();
    }
}
