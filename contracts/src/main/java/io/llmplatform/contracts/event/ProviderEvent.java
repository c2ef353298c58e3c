package io.llmplatform.contracts.event;

import io.llmplatform.contracts.secret.SealedSecret;
import org.jspecify.annotations.Nullable;

/** Facts about a provider of models. */
public sealed interface ProviderEvent extends DomainEvent {
    String providerId();

    @EventType(name = "provider.ProviderCreated")
    record ProviderCreated(
            String providerId, Details details, @Nullable SealedSecret secret) implements ProviderEvent {}

    @EventType(name = "provider.ProviderEdited")
    record ProviderEdited(String providerId, Details before, Details after) implements ProviderEvent {}

    /** The provider's API key was replaced. */
    @EventType(name = "provider.ProviderSecretRotated")
    record ProviderSecretRotated(String providerId, SealedSecret secret) implements ProviderEvent {}

    /** The same API key, sealed with another version of the key-encryption key. */
    @EventType(name = "provider.ProviderSecretRewrapped")
    record ProviderSecretRewrapped(String providerId, int formerKek, SealedSecret secret) implements ProviderEvent {}

    @EventType(name = "provider.ProviderDisabled")
    record ProviderDisabled(String providerId) implements ProviderEvent {}

    @EventType(name = "provider.ProviderEnabled")
    record ProviderEnabled(String providerId) implements ProviderEvent {}

    /**
     * What can be edited.
     *
     * @param type    {@code openai}, {@code deepseek}, {@code anthropic}, {@code gemini}, {@code azure-openai}, {@code openai-compatible} or
     *                {@code mock}
     * @param baseUrl up to and including the version segment, such as {@code https://api.openai.com/v1}
     */
    record Details(String name, String type, String baseUrl) {}
}
