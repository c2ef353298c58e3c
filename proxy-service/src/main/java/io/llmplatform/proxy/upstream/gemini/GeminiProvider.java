package io.llmplatform.proxy.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.upstream.BaseUrl;
import io.llmplatform.proxy.upstream.HttpProvider;
import io.llmplatform.proxy.upstream.Outgoing;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Google's Gemini API, version {@code v1beta} unless the base URL says otherwise. The model is part of the path, not of the body. */
public final class GeminiProvider implements HttpProvider {
    static final String DEFAULT_BASE = "https://generativelanguage.googleapis.com/v1beta";

    private static final List<Translation> TRANSLATIONS = List.of(new ChatToGemini(), new EmbeddingsToGemini());

    @Override
    public Set<Operation> speaks() {
        return Set.of(Operation.GEMINI_CONTENT, Operation.GEMINI_EMBEDDINGS);
    }

    @Override
    public List<Translation> translations() {
        return TRANSLATIONS;
    }

    @Override
    public Outgoing outgoing(ProviderConfig provider, String upstreamModel, Operation operation, boolean stream) {
        var base = BaseUrl.of(provider.baseUrl().isBlank() ? DEFAULT_BASE : provider.baseUrl());
        var resource = "/" + resource(upstreamModel);
        var uri =
                switch (operation) {
                    case GEMINI_CONTENT ->
                        stream
                                ? base.path() + resource + ":streamGenerateContent" + serverSentEvents(base.query())
                                : base.resolve(resource + ":generateContent");
                    case GEMINI_EMBEDDINGS -> base.resolve(resource + ":batchEmbedContents");
                    default ->
                        throw new IllegalArgumentException("expected a Gemini operation, got " + operation.wire());
                };
        return at(base, uri, provider);
    }

    @Override
    public Outgoing listing(ProviderConfig provider) {
        var base = BaseUrl.of(provider.baseUrl().isBlank() ? DEFAULT_BASE : provider.baseUrl());
        var query = base.query().length() > 1 ? base.query() + "&pageSize=1000" : "?pageSize=1000";
        return at(base, base.path() + "/models" + query, provider);
    }

    private static Outgoing at(BaseUrl base, String uri, ProviderConfig provider) {
        var secret = provider.secret();
        return new Outgoing(base, uri, secret == null ? Map.of() : Map.of("x-goog-api-key", secret));
    }

    /** {@code models/…} or {@code tunedModels/…}; a bare name is one of the models. */
    static String resource(String model) {
        int slash = model.indexOf('/');
        var collection = slash < 0 ? "" : model.substring(0, slash);
        return switch (collection) {
            case "models", "tunedModels" -> collection + "/" + segment(model.substring(slash + 1));
            default -> "models/" + segment(model);
        };
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    /** Without {@code alt=sse} the stream would be one JSON array. */
    private static String serverSentEvents(String query) {
        return query.length() > 1 ? query + "&alt=sse" : "?alt=sse";
    }
}
