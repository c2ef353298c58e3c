package io.llmplatform.command.provider;

import io.llmplatform.command.change.Change;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.secret.SealedSecret;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a provider. Its API key is sealed before it comes here. Every command but one answers with the version. */
public sealed interface ProviderCommand {
    String providerId();

    record CreateProvider(
            @TargetAggregateIdentifier String providerId,
            ProviderEvent.Details details,
            @Nullable SealedSecret secret) implements ProviderCommand {}

    /** @param secret replaces the one before, in the same step */
    record EditProvider(
            @TargetAggregateIdentifier String providerId,
            @Nullable Long expectedVersion,
            Change<String> name,
            Change<String> baseUrl,
            @Nullable SealedSecret secret)
            implements ProviderCommand {}

    record RotateProviderSecret(
            @TargetAggregateIdentifier String providerId,
            @Nullable Long expectedVersion,
            SealedSecret secret) implements ProviderCommand {}

    /** Seals the API key with the current key-encryption key. Answers whether there was something to do. */
    record RewrapProviderSecret(@TargetAggregateIdentifier String providerId) implements ProviderCommand {}

    record DisableProvider(
            @TargetAggregateIdentifier String providerId,
            @Nullable Long expectedVersion) implements ProviderCommand {}

    record EnableProvider(
            @TargetAggregateIdentifier String providerId,
            @Nullable Long expectedVersion) implements ProviderCommand {}
}
