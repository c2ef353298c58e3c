package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;

/** A type of provider that is reached over HTTP. */
public interface HttpProvider extends Provider {
    /**
     * Where and under which credentials a request goes.
     *
     * @param operation one of {@link #speaks}
     * @throws IllegalArgumentException when the base URL is no http(s) address
     */
    Outgoing outgoing(ProviderConfig provider, String upstreamModel, Operation operation, boolean stream);

    /**
     * Its list of models, under its credentials. Whatever the type, the answer lists them in {@code data} or
     * {@code models}.
     *
     * @throws IllegalArgumentException when the base URL is no http(s) address
     */
    Outgoing listing(ProviderConfig provider);

    /** A cheap GET that a healthy provider answers below 500, whatever it says. */
    default Outgoing probe(ProviderConfig provider) {
        var base = BaseUrl.of(provider.baseUrl());
        return new Outgoing(base, base.resolve("/models"), java.util.Map.of());
    }
}
