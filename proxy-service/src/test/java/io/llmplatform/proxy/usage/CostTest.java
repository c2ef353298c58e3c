package io.llmplatform.proxy.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.ModelEvent.Price;
import io.llmplatform.contracts.policy.Rates;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final Rates PRICE =
            new Price("EUR", new BigDecimal("2.5"), new BigDecimal("10"), new BigDecimal("1.25")).toRates();

    @Test
    void everyKindOfTokenHasItsPriceAndSoHasTheRequest() {
        var rates = new Rates(
                "USD",
                money("1"),
                money("10"),
                money("0.1"),
                money("1.25"),
                money("20"),
                money("3"),
                money("30"),
                money("4"),
                money("40"),
                money("0.5"));
        var kinds = new Tokens.Kinds(200, 30, 3, 40, 4);
        var tokens = new Tokens(1000, 100, 100, 10, false, kinds);

        // prompt: 100 cached, 200 written, 40 sound, 30 picture, 630 text; answer: 10 thought, 4 sound, 3 picture, 83
        // text
        var millionths = money("10")
                .add(money("250"))
                .add(money("160"))
                .add(money("90"))
                .add(money("630"))
                .add(money("200"))
                .add(money("160"))
                .add(money("90"))
                .add(money("830"));
        assertThat(Cost.of(tokens, rates).amount()).isEqualByComparingTo(millionths.movePointLeft(6));
        assertThat(Cost.ofAnswer(tokens, rates).amount())
                .isEqualByComparingTo(millionths.movePointLeft(6).add(money("0.5")));
        assertThat(Cost.of(Tokens.NONE, rates).amount()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void noTokenIsCountedTwiceWhateverTheProviderTells() {
        var rates = new Rates(
                "USD",
                money("1"),
                money("1"),
                null,
                money("1"),
                money("1"),
                money("1"),
                money("1"),
                money("1"),
                money("1"),
                null);
        var kinds = new Tokens.Kinds(900, 900, 900, 900, 900);
        assertThat(Cost.of(new Tokens(1000, 1000, 700, 600, false, kinds), rates)
                        .amount())
                .isEqualByComparingTo(money("0.002"));
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    @Test
    void cachedTokensHaveTheirOwnPrice() {
        var cost = Cost.of(new Tokens(1000, 500, 400, 0, false), PRICE);
        // 600 × 2.5 + 400 × 1.25 + 500 × 10 per million
        assertThat(cost).isEqualTo(new Cost(new BigDecimal("0.007"), "EUR"));
    }

    @Test
    void withoutCachedPriceTheInputPriceCounts() {
        var price = new Price("USD", BigDecimal.ONE, BigDecimal.ZERO, null).toRates();
        assertThat(Cost.of(new Tokens(2_000_000, 0, 1_000_000, 0, false), price).amount())
                .isEqualTo(new BigDecimal("2"));
    }

    @Test
    void roundsAtTheTenthDecimal() {
        var price = new Price("USD", new BigDecimal("0.00015"), BigDecimal.ZERO, null).toRates();
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
