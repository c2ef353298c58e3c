package io.llmplatform.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.ModelEvent.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceScheduleTest {
    private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
    private static final Rates RATES = new Price("USD", BigDecimal.ONE, BigDecimal.TEN, null).toRates();
    private static final PriceVersion FIRST = new PriceVersion(1, NOON, RATES, null);
    private static final PriceVersion LATER = new PriceVersion(2, NOON.plus(Duration.ofDays(2)), RATES, null);
    private static final PriceVersion BETWEEN = new PriceVersion(3, NOON.plus(Duration.ofDays(1)), RATES, null);

    @Test
    void aVersionHoldsFromItsVeryMomentUntilTheNextOne() {
        var standing = PriceSchedule.standing(List.of(FIRST, LATER, BETWEEN));

        assertThat(standing).containsExactly(FIRST, BETWEEN, LATER);
        assertThat(PriceSchedule.inForce(standing, NOON.minusNanos(1))).isNull();
        assertThat(PriceSchedule.inForce(standing, NOON)).isEqualTo(FIRST);
        assertThat(PriceSchedule.inForce(standing, BETWEEN.effectiveFrom().minusNanos(1)))
                .isEqualTo(FIRST);
        assertThat(PriceSchedule.inForce(standing, BETWEEN.effectiveFrom())).isEqualTo(BETWEEN);
        assertThat(PriceSchedule.inForce(standing, Instant.MAX)).isEqualTo(LATER);
    }

    @Test
    void aCorrectedVersionCountsAtNoTimeAndNeitherDoesACorrectedCorrection() {
        var correction = new PriceVersion(4, LATER.effectiveFrom().plusSeconds(60), RATES, 2);
        var again = new PriceVersion(5, LATER.effectiveFrom(), RATES, 4);

        assertThat(PriceSchedule.standing(List.of(FIRST, LATER, BETWEEN, correction)))
                .containsExactly(FIRST, BETWEEN, correction);
        assertThat(PriceSchedule.standing(List.of(FIRST, LATER, BETWEEN, correction, again)))
                .containsExactly(FIRST, BETWEEN, again);
    }
}
