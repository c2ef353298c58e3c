package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProjectionEvent.Swap;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.topic.Topics;
import io.llmplatform.projections.runtime.Projection;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import io.llmplatform.testkit.SearchServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A projection is built anew beside the live one, compared, swapped, and swapped back. */
class RebuildIT {
    private static final List<String> MANY =
            List.of("users", "models", "gateway_config", "audit", "usage", "request_search");

    private static KafkaServer kafka;

    @BeforeAll
    static void startKafka() {
        kafka = KafkaServer.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    private static World world() {
        return new World(PostgresServer.shared(), kafka, SearchServer.shared());
    }

    @Test
    void everyProjectionIsNamed() {
        try (var world = world();
                var instance = world.start()) {
            assertThat(instance.getBeansOfType(Projection.class).values().stream()
                            .map(projection -> projection.id().name())
                            .filter(name -> !name.equals("operations")))
                    .containsExactlyInAnyOrderElementsOf(ProjectionEvent.PROJECTIONS);
        }
    }

    @Test
    void isBuiltAnewUnderTrafficAndSwappedWithoutAnyReaderNoticing() throws Exception {
        try (var world = world()) {
            var story = DirectoryProjectionIT.story("rb");
            world.publish(story);
            world.use(Usage.records("req_rb_", 3_000));
            world.start();
            world.awaitPosition("users", World.lastPosition(story));
            World.eventually(() -> count(world, "usage_request") >= 3_000);
            var before = tables(world);

            var goOn = new AtomicBoolean(true);
            var traffic = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; goOn.get(); i++) {
                            world.use(Usage.records("req_rb_traffic_" + i + "_", 20));
                            LockSupport.parkNanos(100_000_000);
                        }
                    },
                    Thread::startVirtualThread);
            var reader = CompletableFuture.supplyAsync(() -> losses(world, goOn), Thread::startVirtualThread);
            MANY.forEach(projection -> ask(world, new ProjectionEvent.RebuildRequested(projection, Swap.WHEN_EQUAL)));
            for (var projection : MANY) {
                World.eventually(() -> live(world, projection) == 2);
            }
            goOn.set(false);
            traffic.join();

            assertThat(reader.join()).as("what readers saw less than before").isEmpty();
            assertThat(comparison(world, "usage", 2))
                    .contains("\"equal\": true", "usage_request", "usage_manner", "usage_origin", "usage_hourly");
            assertThat(comparison(world, "audit", 2)).contains("\"equal\": true", "documents", "audit_entity");
            assertThat(tables(world)).containsAll(before);
            assertThat(indexes(world, "readmodel")).isEqualTo(indexes(world, "build_usage_1"));
            // What comes afterwards arrives in what is live now, and only there.
            World.eventually(() -> sum(world, "readmodel") == Topic.size(kafka, Topics.USAGE));
            assertThat(sum(world, "build_usage_1")).isLessThanOrEqualTo(sum(world, "readmodel"));
            var more = DirectoryProjectionIT.story("rb2");
            world.publish(more);
            for (var projection : List.of("users", "models", "gateway_config", "audit")) {
                world.awaitPosition(projection, World.lastPosition(more));
            }
            assertThat(world.rows("select id from readmodel.users where id = 'usr_rb2'"))
                    .hasSize(1);

            ask(world, new ProjectionEvent.RollbackRequested("usage"));
            World.eventually(() -> live(world, "usage") == 1);
            assertThat(sum(world, "readmodel")).isEqualTo(Topic.size(kafka, Topics.USAGE));
            assertThat(comparison(world, "usage", 1)).isEqualTo("null");

            ask(world, new ProjectionEvent.RebuildRequested("usage", Swap.MANUAL));
            World.eventually(() -> world.rows("select build from readmodel.projection_build where projection = 'usage'")
                            .size()
                    == 3);
            ask(world, new ProjectionEvent.RebuildCancelled("usage"));
            World.eventually(() -> world.rows("select nspname from pg_namespace where nspname like 'build_usage_%'")
                    .equals(List.of("{\"nspname\": \"build_usage_2\"}")));
        }
    }

    @Test
    void whatDiffersIsNotSwappedUnlessAnOperatorAcceptsIt() {
        try (var world = world()) {
            var story = DirectoryProjectionIT.story("df");
            world.publish(story);
            world.start();
            for (var projection : List.of("users", "gateway_config")) {
                world.awaitPosition(projection, World.lastPosition(story));
            }
            world.jdbc()
                    .sql("update readmodel.users set status = 'tampered' where id = 'usr_df'")
                    .update();
            world.jdbc()
                    .sql(
                            "insert into readmodel.gateway_config values ('user/usr_ghost', 1, '{\"kind\":\"user\",\"id\":\"usr_ghost\",\"version\":1,\"active\":true,\"role\":\"member\"}')")
                    .update();
            for (var projection : List.of("users", "gateway_config")) {
                ask(world, new ProjectionEvent.RebuildRequested(projection, Swap.WHEN_EQUAL));
                World.eventually(() -> comparison(world, projection, 2).contains("\"equal\": false"));
            }
            assertThat(comparison(world, "users", 2)).contains("\"differences\": 1", "\"part\": \"users\"");
            assertThat(live(world, "users")).isEqualTo(1);

            ask(world, new ProjectionEvent.RebuildPaused("users"));
            World.eventually(() -> world.rows(
                            "select paused from readmodel.projection_build where projection = 'users' and build = 2")
                    .equals(List.of("{\"paused\": true}")));
            for (var projection : List.of("users", "gateway_config")) {
                ask(world, new ProjectionEvent.SwapRequested(projection, true));
                World.eventually(() -> live(world, projection) == 2);
            }
            assertThat(world.rows("select status from readmodel.users where id = 'usr_df'")
                            .toString())
                    .doesNotContain("tampered");
            World.eventually(() -> Topic.latest(kafka, Topics.GATEWAY_CONFIG).get("user/usr_ghost") == null);
            assertThat(ContractJson.mapper()
                            .readValue(
                                    Topic.latest(kafka, Topics.GATEWAY_CONFIG).get("user/usr_df"), ConfigRecord.class))
                    .isInstanceOf(ConfigRecord.User.class);
        }
    }

    @Test
    void parkedRecordsAreTriedAgainInOrderOrLeftOut() {
        try (var world = world()) {
            world.start();
            var healthy = DirectoryProjectionIT.story("pk0");
            world.publish(healthy);
            world.awaitPosition("users", World.lastPosition(healthy));
            var story = DirectoryProjectionIT.story("pk");
            world.jdbc()
                    .sql("alter table readmodel.users add constraint no_pk check (id <> 'usr_pk')")
                    .update();
            world.publish(story);
            world.awaitPosition("users", World.lastPosition(story));
            var parked = parked(world, "usr_pk");
            assertThat(parked).hasSizeGreaterThan(1);

            ask(world, new ProjectionEvent.RedriveRequested("users", parked.getFirst()));
            World.eventually(() ->
                    world.rows("select attempts from readmodel.parked_event where key = 'usr_pk' and attempts = 2")
                                    .size()
                            == 1);
            assertThat(parked(world, "usr_pk")).isEqualTo(parked);

            world.jdbc()
                    .sql("alter table readmodel.users drop constraint no_pk")
                    .update();
            ask(world, new ProjectionEvent.RedriveRequested("users", null));
            World.eventually(() -> parked(world, "usr_pk").isEmpty());
            assertThat(world.rows("select id, version from readmodel.users where id = 'usr_pk'"))
                    .containsExactly(world.rows("select id, version from readmodel.users where id = 'usr_pk0'")
                            .getFirst()
                            .replace("pk0", "pk"));

            world.sendText(Topics.DOMAIN, "usr_pk", "no event");
            World.eventually(() -> parked(world, "usr_pk").size() == 1);
            ask(
                    world,
                    new ProjectionEvent.DiscardRequested(
                            "users", parked(world, "usr_pk").getFirst()));
            World.eventually(() -> parked(world, "usr_pk").isEmpty());
        }
    }

    @Test
    void requestsFromBeforeTheReadModelArePassedOver() {
        try (var world = world()) {
            ask(world, new ProjectionEvent.RebuildRequested("teams", Swap.WHEN_CAUGHT_UP));
            var story = DirectoryProjectionIT.story("old");
            world.publish(story);
            world.start();
            world.awaitPosition("operations", World.lastPosition(story));

            assertThat(live(world, "teams")).isEqualTo(1);
            assertThat(world.rows("select 1 from readmodel.projection_build where projection = 'teams'"))
                    .hasSize(1);
        }
    }

    static void ask(World world, ProjectionEvent event) {
        var like = World.envelope(ProjectionEvent.id(event.projection()), 0, event);
        world.publish(List.of(new EventEnvelope(
                like.id(),
                like.position(),
                like.type(),
                like.revision(),
                like.aggregateType(),
                like.aggregateId(),
                like.position(),
                Instant.now(),
                like.meta(),
                like.data())));
    }

    /** Looks all the time, and tells when there was less than before. */
    private static List<String> losses(World world, AtomicBoolean goOn) {
        var losses = new ArrayList<String>();
        var before = new long[2];
        int looks = 0;
        while (goOn.get()) {
            var now = new long[] {count(world, "usage_request"), sum(world, "readmodel")};
            if (now[0] < before[0] || now[1] < before[1]) {
                losses.add("rows %d, requests %d after rows %d, requests %d"
                        .formatted(now[0], now[1], before[0], before[1]));
            }
            before = now;
            looks++;
        }
        assertThat(looks).isGreaterThan(10);
        return losses;
    }

    private static List<String> tables(World world) {
        var all = new ArrayList<String>();
        Stream.of("users", "model", "deployment", "usage_request", "usage_series", "audit_entity")
                .forEach(table ->
                        all.addAll(world.rows("select '" + table + "' as in, t.* from readmodel." + table + " t")));
        return all;
    }

    private static List<String> indexes(World world, String schema) {
        return world.rows("select tablename, indexname from pg_indexes where schemaname = '" + schema
                + "' and tablename in ('usage_request', 'usage_series', 'usage_hourly', 'api_key_last_used')");
    }

    private static long count(World world, String table) {
        return world.jdbc()
                .sql("select count(*) from readmodel." + table)
                .query(Long.class)
                .single();
    }

    private static long sum(World world, String schema) {
        return world.jdbc()
                .sql("select coalesce(sum(requests), 0) from " + schema + ".usage_hourly")
                .query(Long.class)
                .single();
    }

    static int live(World world, String projection) {
        return world.jdbc()
                .sql("select build from readmodel.projection_build where projection = ? and role = 'live'")
                .params(projection)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private static String comparison(World world, String projection, int build) {
        return world.jdbc()
                .sql(
                        "select coalesce(comparison::text, 'null') from readmodel.projection_build where projection = ? and build = ?")
                .params(projection, build)
                .query(String.class)
                .optional()
                .orElse("gone");
    }

    private static List<Long> parked(World world, String key) {
        return world.jdbc()
                .sql("select id from readmodel.parked_event where projection = 'users' and key = ? order by \"offset\"")
                .params(key)
                .query(Long.class)
                .list();
    }
}
