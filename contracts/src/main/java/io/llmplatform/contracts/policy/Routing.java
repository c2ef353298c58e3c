package io.llmplatform.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a model's requests find a deployment.
 *
 * @param strategy  among the deployments of the best priority; absent = weighted
 * @param fallbacks names of models to go on with, in this order, when no deployment of this one can serve
 * @param sticky    {@code user}: requests with the same {@code user} field keep their deployment; {@code header:<name>}:
 *                  with the same value of that header; absent = not sticky
 */
public record Routing(
        @Nullable Strategy strategy,
        @Nullable List<String> fallbacks,
        @Nullable String sticky) {
    public enum Strategy {
        WEIGHTED,
        ROUND_ROBIN,
        LEAST_BUSY,
        LOWEST_LATENCY,
        LOWEST_COST;

        /** Such as {@code round-robin}. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException when there is no such strategy */
        @JsonCreator
        public static Strategy of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
