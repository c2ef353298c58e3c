package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import java.util.Map;

/** The address of an operation at a provider that follows OpenAI: its path below the base URL, and the secret as a bearer. */
public final class BearerAddress {
    private BearerAddress() {}

    /** @throws IllegalArgumentException when the base URL is no http(s) address */
    public static Outgoing of(ProviderConfig provider, Operation operation) {
        return of(provider, operation.path());
    }

    /** The list of its models. */
    public static Outgoing listing(ProviderConfig provider) {
        return of(provider, "/models");
    }

    private static Outgoing of(ProviderConfig provider, String path) {
        var base = BaseUrl.of(provider.baseUrl());
        var secret = provider.secret();
        return new Outgoing(
                base, base.resolve(path), secret == null ? Map.of() : Map.of("Authorization", "Bearer " + secret));
    }
}
