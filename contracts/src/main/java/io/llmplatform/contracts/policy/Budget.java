package io.llmplatform.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Money that may be spent in a period. Costs in another currency do not count against it.
 *
 * @param currency ISO 4217
 */
public record Budget(Period period, BigDecimal amount, String currency) {
    /** Days and months are those of UTC. */
    public enum Period {
        DAY,
        MONTH,
        TOTAL;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when there is no such period */
        @JsonCreator
        public static Period of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }
}
