package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.status.GatewayStatus;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.testkit.KafkaServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happens is told at once, to many, from where each has been; and to nobody who may not look any more. */
class LiveIT {
    private static ReadSide readSide;
    private static KafkaProducer<String, byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        var servers = KafkaServer.shared().bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var there = admin.listTopics().names().get();
            admin.createTopics(List.of(Topics.USAGE, Topics.DOMAIN, Topics.GATEWAY_STATUS).stream()
                            .filter(topic -> !there.contains(topic))
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
        readSide = ReadSide.shared();
        for (var role : List.of("admin", "auditor", "manager", "member")) {
            readSide.user("usr_live_" + role, role);
        }
    }

    @AfterAll
    static void stop() {
        producer.close(Duration.ofSeconds(1));
        readSide.close();
    }

    @Test
    void tellsWhatHappensToEveryViewerAndGoesOnWhereOneHasBeen() throws Exception {
        var first = new Viewer("usr_live_admin");
        var second = new Viewer("usr_live_auditor");
        await().until(() ->
                !first.named("tick").isEmpty() && !second.named("tick").isEmpty());
        for (int i = 0; i < 7; i++) {
            use("req_live_" + i, i < 5 ? "completed" : "failed");
        }
        happened("evt_live_1", 1);
        tell(new GatewayStatus("gw", Instant.now(), "ok", 3, 9, 0.5, List.of()));
        for (var viewer : List.of(first, second)) {
            await().until(() -> viewer.sum("requests") == 7);
            assertThat(viewer.sum("failed")).isEqualTo(2);
            assertThat(viewer.sum("tokens")).isEqualTo(7 * 30);
            await().until(() -> viewer.named("audit").stream()
                    .anyMatch(entry -> entry.path("id").asString().equals("evt_live_1")));
            await().until(() -> viewer.named("tick").stream()
                    .anyMatch(tick -> tick.path("in_flight").asInt() == 3
                            && tick.at("/gateways/0/journal_depth").asInt() == 9));
        }
        var seen = first.ids().getLast();
        // Published again, it is no news.
        happened("evt_live_1", 1);
        happened("evt_live_2", 2);
        await().until(() -> second.named("audit").size() == 2);

        var again = new Viewer("usr_live_admin", "Last-Event-ID", Long.toString(seen));

        await().until(() -> again.named("audit").stream()
                .anyMatch(entry -> entry.path("id").asString().equals("evt_live_2")));
        assertThat(again.ids()).isSorted().doesNotHaveDuplicates().allMatch(id -> id > seen);
        assertThat(again.named("audit"))
                .noneMatch(entry -> entry.path("id").asString().equals("evt_live_1"));
    }

    @Test
    void whoIsShutOutSeesNoMore() throws Exception {
        readSide.user("usr_live_leaver", "admin");
        var viewer = new Viewer("usr_live_leaver");
        await().until(() -> !viewer.named("tick").isEmpty());
        readSide.jdbc
                .sql("update readmodel.users set status = 'disabled' where id = 'usr_live_leaver'")
                .update();
        await().atMost(Duration.ofSeconds(5)).until(viewer::hasEnded);
    }

    @Test
    void othersMayNotLookAndNonsenseIsToldAsSuch() {
        for (var role : List.of("manager", "member")) {
            assertThat(readSide.get("/live", "usr_live_" + role).status()).isEqualTo(403);
        }
        assertThat(readSide.getWithToken("/live", null).status()).isEqualTo(401);
        assertThatThrownBy(() -> readSide.lines("/live", "usr_live_admin", "Last-Event-ID", "x"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("400");
    }

    private static void use(String id, String outcome) {
        var record = ContractJson.mapper()
                .createObjectNode()
                .put("request_id", id)
                .put("at", Instant.now().toString())
                .put("endpoint", "chat.completions")
                .put("model", "gpt-4o")
                .put("stream", false)
                .put("outcome", outcome)
                .put("status", 200)
                .put("prompt_tokens", 10)
                .put("completion_tokens", 20)
                .put("cached_tokens", 0)
                .put("reasoning_tokens", 0)
                .put("tokens_estimated", false)
                .put("cost", 0.25)
                .put("currency", "USD")
                .put("latency_ms", 5)
                .put("attempts", 1)
                .put("gateway", "gw");
        send(Topics.USAGE, id, record);
    }

    private static void happened(String id, long position) {
        var meta = new EventMeta(Actor.user("usr_1", null), null, null, "req_1", null);
        var data = ContractJson.mapper().createObjectNode().put("user_id", "usr_2");
        send(
                Topics.DOMAIN,
                "usr_2",
                new EventEnvelope(
                        id, position, "user.UserDisabled", "1", "user", "usr_2", 0, Instant.now(), meta, data));
    }

    private static void tell(GatewayStatus status) {
        send(Topics.GATEWAY_STATUS, status.gateway(), status);
    }

    private static void send(String topic, String key, Object value) {
        producer.send(new ProducerRecord<>(topic, key, ContractJson.mapper().writeValueAsBytes(value)));
    }

    /** Reads a stream on a thread of its own. */
    private static final class Viewer {
        private record Told(long id, String name, JsonNode data) {}

        private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
        private final Thread reader;

        Viewer(String userId, String... headers) throws IOException, InterruptedException {
            var lines = readSide.lines("/live", userId, headers).iterator();
            reader = Thread.startVirtualThread(() -> {
                try {
                    read(lines);
                } catch (RuntimeException e) {
                    // the connection was closed in the middle
                }
            });
        }

        private void read(java.util.Iterator<String> lines) {
            long id = 0;
            var name = "";
            while (lines.hasNext()) {
                var line = lines.next();
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    told.add(new Told(id, name, ContractJson.mapper().readTree(line.substring(6))));
                }
            }
        }

        boolean hasEnded() {
            return !reader.isAlive();
        }

        List<JsonNode> named(String name) {
            return List.copyOf(told).stream()
                    .filter(one -> one.name().equals(name))
                    .map(Told::data)
                    .toList();
        }

        List<Long> ids() {
            return List.copyOf(told).stream().map(Told::id).toList();
        }

        long sum(String field) {
            return named("tick").stream()
                    .mapToLong(tick -> tick.path(field).asLong())
                    .sum();
        }
    }
}
