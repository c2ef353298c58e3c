package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.upstream.BaseUrl;
import io.llmplatform.proxy.upstream.HttpProvider;
import io.llmplatform.proxy.upstream.Outgoing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Anthropic, and whoever copies its API. The base URL includes the version, as in {@code https://api.anthropic.com/v1}. */
public final class AnthropicProvider implements HttpProvider {
    static final String DEFAULT_BASE_URL = "https://api.anthropic.com/v1";
    static final String API_VERSION = "2023-06-01";

    private static final List<Translation> TRANSLATIONS = List.of(new ChatToMessages());

    @Override
    public Set<Operation> speaks() {
        return Set.of(Operation.MESSAGES, Operation.COUNT_TOKENS);
    }

    @Override
    public List<Translation> translations() {
        return TRANSLATIONS;
    }

    @Override
    public Outgoing outgoing(ProviderConfig provider, String upstreamModel, Operation operation, boolean stream) {
        return at(provider, operation.path());
    }

    @Override
    public Outgoing listing(ProviderConfig provider) {
        var all = at(provider, "/models");
        var uri = all.uri() + (all.uri().indexOf('?') < 0 ? "?" : "&") + "limit=1000";
        return new Outgoing(all.base(), uri, all.headers());
    }

    private static Outgoing at(ProviderConfig provider, String path) {
        var base = BaseUrl.of(provider.baseUrl().isBlank() ? DEFAULT_BASE_URL : provider.baseUrl());
        var headers = new LinkedHashMap<String, String>();
        headers.put("anthropic-version", API_VERSION);
        if (provider.secret() != null) {
            headers.put("x-api-key", provider.secret());
        }
        // Anthropic's own SDKs are given the bare host; whoever copies that into the settings means the same.
        var version = base.path().isEmpty() ? "/v1" : "";
        return new Outgoing(base, base.resolve(version + path), headers);
    }
}
