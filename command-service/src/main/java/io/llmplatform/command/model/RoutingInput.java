package io.llmplatform.command.model;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.policy.Routing;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Routing in a body. Fallbacks need not exist yet, so only their form is looked at. */
record RoutingInput(
        @Nullable String strategy,
        @Nullable List<String> fallbacks,
        @Nullable String sticky) {
    private static final int MOST_FALLBACKS = 10;
    private static final List<String> STRATEGIES =
            Stream.of(Routing.Strategy.values()).map(Routing.Strategy::wire).toList();
    /** The name of a header is a token of RFC 9110. */
    private static final Pattern STICKY = Pattern.compile("^(user|header:[A-Za-z0-9!#$%&'*+.^_`|~-]{1,99})$");

    /** Absent when nothing is said. */
    static @Nullable Routing routing(@Nullable RoutingInput input) {
        if (input == null) {
            return null;
        }
        var routing = new Routing(
                input.strategy == null ? null : Routing.Strategy.of(input.strategy),
                input.fallbacks == null || input.fallbacks.isEmpty() ? null : input.fallbacks,
                input.sticky);
        return routing.equals(new Routing(null, null, null)) ? null : routing;
    }

    static void check(FieldErrors errors, @Nullable RoutingInput input) {
        if (input == null) {
            return;
        }
        errors.check(
                        input.strategy == null || STRATEGIES.contains(input.strategy),
                        "routing.strategy",
                        STRATEGIES.stream().collect(Collectors.joining(", ", "expected one of ", "")))
                .matches("routing.sticky", input.sticky, STICKY);
        checkFallbacks(errors, input.fallbacks);
    }

    private static void checkFallbacks(FieldErrors errors, @Nullable List<@Nullable String> fallbacks) {
        if (fallbacks == null) {
            return;
        }
        errors.check(fallbacks.size() <= MOST_FALLBACKS, "routing.fallbacks", "expected at most " + MOST_FALLBACKS);
        var seen = new HashSet<@Nullable String>();
        for (int i = 0; i < Math.min(fallbacks.size(), MOST_FALLBACKS); i++) {
            var field = "routing.fallbacks[" + i + "]";
            errors.required(field, fallbacks.get(i), 1, ModelName.LONGEST)
                    .matches(field, fallbacks.get(i), ModelName.FORM)
                    .check(seen.add(fallbacks.get(i)), field, "appears twice");
        }
    }
}
