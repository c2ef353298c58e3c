package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.EventEnvelope;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every entity was after each event, by the real consumer into the real database. */
class EntityHistoryIT {
    private static final String OWN = "select * from readmodel.entity_version t where entity_id like '%\\_h'";

    @Test
    void keepsARowForEachChangeThroughDuplicatesAndFromZero() {
        var events = DirectoryProjectionIT.story("h");
        try (var world = World.shared()) {
            world.start();
            world.publish(events);
            world.publish(events);
            world.awaitPosition("entity_history", World.lastPosition(events));

            assertThat(world.rows("select entity_type, sequence, position from readmodel.entity_version"
                            + " where entity_id like '%\\_h' and entity_id !~ '^(kid|ses|lgn)'"))
                    .hasSize((int)
                            events.stream().filter(EntityHistoryIT::configures).count());
            assertThat(states(world, "usr_h"))
                    .containsExactly(
                            "{\"id\": \"usr_h\", \"role\": \"member\", \"email\": \"h@example.com\", \"status\": \"active\", \"username\": \"name-h\", \"second_factor\": false}",
                            "{\"id\": \"usr_h\", \"role\": \"auditor\", \"limits\": {\"concurrency\": 2, \"requests_per_minute\": 10}, \"status\": \"active\", \"budgets\": [{\"amount\": 1.5, \"period\": \"day\", \"currency\": \"USD\"}], \"team_id\": \"team_h\", \"username\": \"name-h\", \"display_name\": \"张三\", \"second_factor\": false}",
                            "{\"id\": \"usr_h\", \"role\": \"auditor\", \"limits\": {\"concurrency\": 2, \"requests_per_minute\": 10}, \"status\": \"active\", \"budgets\": [{\"amount\": 1.5, \"period\": \"day\", \"currency\": \"USD\"}], \"team_id\": \"team_h\", \"username\": \"name-h\", \"display_name\": \"张三\", \"second_factor\": false}",
                            "{\"id\": \"usr_h\", \"role\": \"auditor\", \"limits\": {\"concurrency\": 2, \"requests_per_minute\": 10}, \"status\": \"disabled\", \"budgets\": [{\"amount\": 1.5, \"period\": \"day\", \"currency\": \"USD\"}], \"team_id\": \"team_h\", \"username\": \"name-h\", \"display_name\": \"张三\", \"second_factor\": false}");
            assertThat(world.rows(
                            "select changes from readmodel.entity_version where entity_id = 'usr_h' and sequence = 2"))
                    .containsExactly("{\"changes\": [{\"after\": \"changed\", \"field\": \"password\"}]}");
            assertThat(states(world, "key_h").getLast())
                    .contains("\"status\": \"revoked\"", "\"prefix\": \"sk-000000000000\"", "\"kind\": \"personal\"");
            assertThat(world.rows("select v->'number' as n, v->'corrected_by' as by, v->>'effective_until' as u"
                            + " from readmodel.entity_version, jsonb_array_elements(state->'versions') v"
                            + " where entity_id = 'prc_h' and sequence = 2"))
                    .containsExactlyInAnyOrder(
                            "{\"n\": 1, \"u\": \"2027-02-01T00:00:00Z\", \"by\": null}",
                            "{\"n\": 2, \"u\": null, \"by\": 3}",
                            "{\"n\": 3, \"u\": null, \"by\": null}");
            assertThat(String.join("\n", world.rows(OWN)))
                    .doesNotContain("hash", "wrapped", "d3JhcHBlZDE=", "Y2lwaGVyMg==", "ciphertext");
            try (var again = world.fromZero()) {
                again.start();
                again.awaitPosition("entity_history", World.lastPosition(events));
                assertThat(again.rows(OWN)).isNotEmpty().isEqualTo(world.rows(OWN));
            }
            world.forget("usr_h");
            try (var forgetting = world.fromZero()) {
                forgetting.start();
                forgetting.awaitPosition("entity_history", World.lastPosition(events));
                assertThat(states(forgetting, "usr_h").getLast())
                        .contains("\"username\": \"erased\"", "\"display_name\": \"erased\"");
                assertThat(String.join("\n", forgetting.rows(OWN))).doesNotContain("张三", "h@example.com", "name-h");
            }
        }
    }

    private static boolean configures(EventEnvelope event) {
        return event.aggregateId().endsWith("_h") && !event.aggregateId().matches("(kid|ses|lgn)_.*");
    }

    private static List<String> states(World world, String id) {
        return world.jdbc()
                .sql("select (state - 'version' - 'created_at' - 'updated_at')::text from readmodel.entity_version"
                        + " where entity_id = ? order by sequence")
                .params(id)
                .query(String.class)
                .list();
    }
}
