package io.llmplatform.contracts.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a deployment is for: all that is given must hold.
 *
 * @param endpoints       such as {@code chat.completions}
 * @param stream          only streams, or only whole answers
 * @param minPromptTokens by the gateway's estimate, inclusive
 * @param maxPromptTokens by the gateway's estimate, inclusive
 * @param metadata        tags that the caller's key must carry with these values
 */
public record Condition(
        @Nullable List<String> endpoints,
        @Nullable Boolean stream,
        @Nullable Long minPromptTokens,
        @Nullable Long maxPromptTokens,
        @Nullable Map<String, String> metadata) {}
