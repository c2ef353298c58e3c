package io.llmplatform.command.apikey;

import io.llmplatform.command.change.Change;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
            @TargetAggregateIdentifier String apiKeyId, String userId, String prefix, String hash, Details details)
            implements ApiKeyCommand {}

    record EditApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String onlyOwner,
            Edit edit)
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

    /** What becomes of each detail. */
    record Edit(
            Change<String> name,
            Change<List<String>> allowedModels,
            Change<Instant> expiresAt,
            Change<List<String>> scopes,
            Change<List<String>> allowedIps,
            Change<Limits> limits,
            Change<List<Budget>> budgets,
            Change<Boolean> cache,
            Change<Map<String, String>> metadata) {
        Details on(Details details) {
            return new Details(
                    name.onRequired(details.name()),
                    allowedModels.on(details.allowedModels()),
                    expiresAt.on(details.expiresAt()),
                    scopes.on(details.scopes()),
                    allowedIps.on(details.allowedIps()),
                    limits.on(details.limits()),
                    budgets.on(details.budgets()),
                    cache.on(details.cache()),
                    metadata.on(details.metadata()));
        }
    }
}
