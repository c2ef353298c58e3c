package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.projections.usage.Retention;
import io.llmplatform.testkit.KafkaServer;
import io.llmplatform.testkit.PostgresServer;
import io.llmplatform.testkit.SearchServer;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Single requests of old months go, what they add up to stays. */
class RetentionIT {
    private static final YearMonth NOW = YearMonth.now(ZoneOffset.UTC);

    @Test
    void monthsBeyondTheSettingAreTakenAwayAndTheirSumsStay() {
        // The settings of the platform are one stream, which other tests write to on the shared broker.
        try (var kafka = KafkaServer.start();
                var world = new World(PostgresServer.shared(), kafka, SearchServer.shared())) {
            world.use(
                    Usage.record("req_old", in(NOW.minusMonths(3)), "retained", 10)
                            .from("10.9.9.9", "once"),
                    Usage.record("req_last", in(NOW.minusMonths(1)), "retained", 20),
                    Usage.record("req_now", Instant.now(), "retained", 30));
            var retention = world.start().getBean(Retention.class);
            World.eventually(() -> world.rows(ours()).size() == 3);

            assertThat(retention.apply()).as("as long as nothing is set").isEmpty();

            var events = World.history(
                    PlatformSettingsEvent.ID,
                    new PlatformSettingsEvent.PlatformSettingsChanged(
                            PlatformSettingsEvent.ID,
                            PlatformSettingsEvent.Details.NONE,
                            new PlatformSettingsEvent.Details(null, null, null, null, null, null, 1)));
            world.publish(events);
            world.awaitPosition("platform_settings", World.lastPosition(events));
            var sums = world.rows("select sum(requests), sum(cost) from readmodel.usage_hourly");

            assertThat(retention.apply())
                    .contains("usage_request_" + NOW.minusMonths(3).toString().replace("-", ""))
                    .doesNotContain(
                            "usage_request_" + NOW.minusMonths(1).toString().replace("-", ""));
            assertThat(world.rows(ours()).toString())
                    .contains("req_last", "req_now")
                    .doesNotContain("req_old");
            assertThat(world.rows("select sum(requests), sum(cost) from readmodel.usage_hourly"))
                    .isEqualTo(sums);
            assertThat(world.rows("select ip from readmodel.usage_origin").toString())
                    .contains("10.0.0.9")
                    .doesNotContain("10.9.9.9");
            assertThat(retention.apply()).as("nothing is left to take away").isEmpty();
        }
    }

    private static String ours() {
        return "select request_id from readmodel.usage_requests() where model = 'retained'";
    }

    private static Instant in(YearMonth month) {
        return month.atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
