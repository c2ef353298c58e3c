package io.llmplatform.command.model;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.policy.EndpointNames;
import io.llmplatform.command.policy.Tags;
import io.llmplatform.contracts.policy.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In a body: which requests a deployment is for. */
record ConditionInput(
        @Nullable List<String> endpoints,
        @Nullable Boolean stream,
        @Nullable Long minPromptTokens,
        @Nullable Long maxPromptTokens,
        @Nullable Map<String, String> metadata) {
    private static final long MOST_TOKENS = 1_000_000_000;
    private static final Condition NONE = new Condition(null, null, null, null, null);

    /** Absent when everything passes. */
    static @Nullable Condition condition(@Nullable ConditionInput input) {
        if (input == null) {
            return null;
        }
        var condition = new Condition(
                input.endpoints, input.stream, input.minPromptTokens, input.maxPromptTokens, Tags.tags(input.metadata));
        return condition.equals(NONE) ? null : condition;
    }

    static void check(FieldErrors errors, String field, @Nullable ConditionInput input) {
        if (input == null) {
            return;
        }
        EndpointNames.check(errors, field + ".endpoints", input.endpoints);
        Tags.check(errors, field + ".metadata", input.metadata);
        bound(errors, field + ".min_prompt_tokens", input.minPromptTokens);
        bound(errors, field + ".max_prompt_tokens", input.maxPromptTokens);
        errors.check(
                input.minPromptTokens == null
                        || input.maxPromptTokens == null
                        || input.minPromptTokens <= input.maxPromptTokens,
                field + ".max_prompt_tokens",
                "must not be below min_prompt_tokens");
    }

    private static void bound(FieldErrors errors, String field, @Nullable Long tokens) {
        errors.check(tokens == null || (tokens >= 0 && tokens <= MOST_TOKENS), field, "expected 0 to " + MOST_TOKENS);
    }
}
