package io.llmplatform.command.apikey;

import io.llmplatform.command.change.Change;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of an API key. {@code onlyOwner} is set for callers who may handle their own keys only: somebody
 * else's key is then as unknown as one that does not exist. Every command answers with the version.
 */
public sealed interface ApiKeyCommand {
    String apiKeyId();

    /** @param hash of the key under the pepper; the key itself is in no command */
    record IssueApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            String userId,
            String name,
            String prefix,
            String hash,
            @Nullable List<String> allowedModels,
            @Nullable Instant expiresAt)
            implements ApiKeyCommand {}

    record EditApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String onlyOwner,
            Change<String> name,
            Change<List<String>> allowedModels,
            Change<Instant> expiresAt)
            implements ApiKeyCommand {}

    record DisableApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String onlyOwner) implements ApiKeyCommand {}

    record EnableApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String onlyOwner) implements ApiKeyCommand {}

    record RevokeApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String onlyOwner) implements ApiKeyCommand {}
}
