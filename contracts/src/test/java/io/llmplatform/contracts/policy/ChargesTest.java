package io.llmplatform.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChargesTest {
    @Test
    void whereNothingIsRoundedTheChargeOfASumIsTheSumOfCharges() {
        var random = new Random(3);
        var rates = rates("0.1234", "12.5", "0.0007", "0.01");
        assertThat(Charges.addUp(rates)).isTrue();
        long prompt = 0;
        long completion = 0;
        long cached = 0;
        long reasoning = 0;
        var sum = BigDecimal.ZERO;
        for (int i = 0; i < 1000; i++) {
            var one = new TokenCounts(random.nextInt(5000), random.nextInt(900), 0, 0);
            one = new TokenCounts(one.prompt(), one.completion(), one.prompt() / 3, one.completion() / 7);
            prompt += one.prompt();
            completion += one.completion();
            cached += one.cached();
            reasoning += one.reasoning();
            sum = sum.add(Charges.of(one, rates, 1));
        }
        assertThat(Charges.of(new TokenCounts(prompt, completion, cached, reasoning), rates, 1000))
                .isEqualByComparingTo(sum);
    }

    @Test
    void aPriceBelowATenthOfAThousandthIsRoundedForEachRequest() {
        var rates = rates("0.00015", "0", null, null);
        assertThat(Charges.addUp(rates)).isFalse();
        var one = Charges.of(new TokenCounts(1, 0, 0, 0), rates, 1);
        assertThat(one).isEqualTo(new BigDecimal("0.0000000002"));
        assertThat(Charges.of(new TokenCounts(10, 0, 0, 0), rates, 10)).isLessThan(one.multiply(BigDecimal.TEN));
        assertThat(Charges.addUp(rates("1.50000", "2E+1", null, null))).isTrue();
    }

    private static Rates rates(String input, String output, String cached, String request) {
        return new Rates(
                "USD",
                new BigDecimal(input),
                new BigDecimal(output),
                cached == null ? null : new BigDecimal(cached),
                null,
                null,
                null,
                null,
                null,
                null,
                request == null ? null : new BigDecimal(request));
    }
}
