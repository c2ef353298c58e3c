package io.llmplatform.proxy.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.ModelEvent.Price;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final Price PRICE =
            new Price("EUR", new BigDecimal("2.5"), new BigDecimal("10"), new BigDecimal("1.25"));

    @Test
    void cachedTokensHaveTheirOwnPrice() {
        var cost = Cost.of(new Tokens(1000, 500, 400, 0, false), PRICE);
        // 600 × 2.5 + 400 × 1.25 + 500 × 10 per million
        assertThat(cost).isEqualTo(new Cost(new BigDecimal("0.007"), "EUR"));
    }

    @Test
    void withoutCachedPriceTheInputPriceCounts() {
        var price = new Price("USD", BigDecimal.ONE, BigDecimal.ZERO, null);
        assertThat(Cost.of(new Tokens(2_000_000, 0, 1_000_000, 0, false), price).amount())
                .isEqualTo(new BigDecimal("2"));
    }

    @Test
    void roundsAtTheTenthDecimal() {
        var price = new Price("USD", new BigDecimal("0.00015"), BigDecimal.ZERO, null);
        assertThat(Cost.of(new Tokens(1, 0, 0, 0, false), price).amount()).isEqualTo(new BigDecimal("0.0000000002"));
    }

    @Test
    void freeIsPlainZero() {
        assertThat(Cost.of(new Tokens(5, 5, 0, 0, false), null)).isEqualTo(new Cost(BigDecimal.ZERO, "USD"));
        assertThat(Cost.of(Tokens.NONE, PRICE).amount()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void tokensAreEstimatedByScript() {
        assertThat(TokenEstimate.of("Hello, world")).isEqualTo(3);
        assertThat(TokenEstimate.of("介绍一下")).isEqualTo(4);
        assertThat(TokenEstimate.of("")).isZero();
    }
}
