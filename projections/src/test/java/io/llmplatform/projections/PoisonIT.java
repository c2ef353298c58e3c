package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.topic.Topics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

class PoisonIT {
    @Test
    void parksAPoisonEventAndTheLaterOnesOfItsKeyWhileAllElseFlows() throws Exception {
        var details = new UserEvent.Details(null, null, Role.MEMBER, null, null, null);
        var sick = World.history(
                "usr_sick",
                new UserEvent.UserCreated("usr_sick", new Personal("usr_sick", "sick"), details),
                new UserEvent.UserDisabled("usr_sick"));
        var well = World.history(
                "usr_well",
                new UserEvent.UserCreated("usr_well", new Personal("usr_well", "well"), details),
                new UserEvent.UserDisabled("usr_well"));
        try (var world = World.shared()) {
            world.publish(sick.subList(0, 1));
            world.sendText(Topics.DOMAIN, "usr_sick", "{\"this is\": \"no event");
            world.publish(sick.subList(1, 2));
            world.publish(well);
            var instance = world.start();
            world.awaitPosition("users", World.lastPosition(well));

            assertThat(world.rows("select id, status from readmodel.users where id in ('usr_sick', 'usr_well')"))
                    .containsExactly(
                            "{\"id\": \"usr_sick\", \"status\": \"active\"}",
                            "{\"id\": \"usr_well\", \"status\": \"disabled\"}");
            assertThat(world.jdbc()
                            .sql(
                                    "select key from readmodel.parked_event where projection = 'users' order by \"offset\"")
                            .query(String.class)
                            .list())
                    .containsExactly("usr_sick", "usr_sick");
            // The gateway must not go on letting in whom an unreadable event kept it from shutting out.
            world.awaitPosition("gateway_config", World.lastPosition(well));
            assertThat(
                            world.rows(
                                    "select record->>'active' as active from readmodel.gateway_config where key = 'user/usr_sick'"))
                    .containsExactly("{\"active\": \"false\"}");
            assertThat(Topic.latest(world.kafka, Topics.GATEWAY_CONFIG).get("user/usr_sick"))
                    .contains("\"active\":false");
            // STARTING until the slowest projection has caught up.
            World.eventually(() -> get(instance, "/health").contains("\"status\":\"DEGRADED\""));
            assertThat(get(instance, "/metrics")).contains("projection_parked_total{");
        }
    }

    @Test
    void parksABadUsageRecordAlone() {
        try (var world = World.shared()) {
            world.start();
            world.sendText(Topics.USAGE, "req_bad", "{\"request_id\":\"req_bad\",\"at\":\"2026-11-01T00:00:00Z\"}");
            var good = Usage.records("req_good_", 20);
            world.use(good);

            World.eventually(() -> world.jdbc()
                            .sql(
                                    "select count(*) from readmodel.usage_requests() where starts_with(request_id, 'req_good_')")
                            .query(Long.class)
                            .single()
                    == good.size());
            World.eventually(() -> world.jdbc()
                            .sql(
                                    "select count(*) from readmodel.parked_event where projection = 'usage' and key = 'req_bad'")
                            .query(Long.class)
                            .single()
                    == 1);
        }
    }

    @Test
    void parksWhatTheParserOrAnIndexWouldChokeOn() {
        try (var world = World.shared()) {
            world.start();
            var long600 = "x".repeat(600);
            world.sendText(Topics.USAGE, "req_utf32", "\0\0\0{\"no UTF-32\": true}");
            world.use(Usage.record(long600, Instant.parse("2026-11-01T00:00:00Z"), "gpt-4o", 5));
            world.use(Usage.record("req_long_model", Instant.parse("2026-11-01T00:00:00Z"), long600, 5));
            world.sendText(Topics.USAGE, "k".repeat(9000), "neither");
            world.use(Usage.records("req_after_", 20));

            for (var projection : List.of("usage", "request_search")) {
                World.eventually(() -> world.jdbc()
                                .sql("select sum(next_offset) from readmodel.projection_offset where projection = ?")
                                .params(projection)
                                .query(Long.class)
                                .single()
                        == Topic.size(world.kafka, Topics.USAGE));
                assertThat(world.jdbc()
                                .sql("""
                                        select count(*) from readmodel.parked_event where projection = ?
                                        and (key in ('req_utf32', 'req_long_model') or starts_with(key, 'sha256:'))""")
                                .params(projection)
                                .query(Long.class)
                                .single())
                        .isEqualTo(4);
            }
        }
    }

    private static String get(org.springframework.context.ConfigurableApplicationContext instance, String path)
            throws Exception {
        int port = ((WebServerApplicationContext) instance).getWebServer().getPort();
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + path))
                .build();
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            return http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
