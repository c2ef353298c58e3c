package io.llmplatform.command.policy;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.policy.Endpoints;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of data-plane operations in bodies. */
public final class EndpointNames {
    private EndpointNames() {}

    /** An empty list is refused: it would shut out everything without saying so. */
    public static void check(FieldErrors errors, String field, @Nullable List<@Nullable String> names) {
        if (names == null) {
            return;
        }
        int most = Endpoints.ALL.size();
        errors.check(!names.isEmpty() && names.size() <= most, field, "expected 1 to " + most + " names");
        var seen = new HashSet<@Nullable String>();
        for (int i = 0; i < Math.min(names.size(), most); i++) {
            var name = names.get(i);
            var at = field + "[" + i + "]";
            errors.check(
                            name != null && Endpoints.ALL.contains(name),
                            at,
                            "expected one of " + String.join(", ", Endpoints.ALL))
                    .check(seen.add(name), at, "appears twice");
        }
    }
}
