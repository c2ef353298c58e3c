package io.llmplatform.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static Ids at(String instant) {
        return new Ids(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC), new SplittableRandom(7));
    }

    @Test
    void idsSortByTimeAndCarryTheirKind() {
        var early = at("2026-11-22T20:00:00.000Z").next(Ids.Kind.REQUEST);
        var late = at("2026-11-22T20:00:00.001Z").next(Ids.Kind.REQUEST);

        assertThat(early).matches("req_[0-9a-hjkmnp-tv-z]{26}");
        assertThat(early).isLessThan(late);
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        var ids = at("2026-11-22T20:00:00Z");
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(ids.next(Ids.Kind.USER));
        }
        assertThat(seen).hasSize(10_000);
    }
}
