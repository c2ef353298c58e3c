package io.llmplatform.proxy.upstream.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.upstream.BaseUrl;
import io.llmplatform.proxy.upstream.ChatDialect;
import io.llmplatform.proxy.upstream.HttpProvider;
import io.llmplatform.proxy.upstream.Outgoing;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Azure OpenAI. The base URL is a resource ({@code https://x.openai.azure.com}, also with {@code /openai}), whose
 * deployments are addressed one by one, or its {@code /openai/v1}, where the body names the deployment. The upstream model is
 * the name of the deployment in both.
 */
public final class AzureProvider implements HttpProvider {
    private static final String V1 = "/v1";

    private static final Set<Operation> SPEAKS = Set.of(
            Operation.CHAT,
            Operation.COMPLETIONS,
            Operation.EMBEDDINGS,
            Operation.IMAGE_GENERATIONS,
            Operation.IMAGE_EDITS,
            Operation.TRANSCRIPTIONS,
            Operation.TRANSLATIONS,
            Operation.SPEECH,
            Operation.RESPONSES,
            Operation.REALTIME);

    @Override
    public Set<Operation> speaks() {
        return SPEAKS;
    }

    @Override
    public void adapt(Operation operation, ObjectNode request) {
        if (operation == Operation.CHAT) {
            ChatDialect.withoutReasoning(request);
        }
    }

    @Override
    public Outgoing outgoing(ProviderConfig provider, String upstreamModel, Operation operation, boolean stream) {
        if (!SPEAKS.contains(operation)) {
            throw new IllegalArgumentException("expected an operation of Azure OpenAI, got " + operation.wire());
        }
        var base = BaseUrl.of(provider.baseUrl());
        var query = ApiQuery.of(base.query());
        var uri = base.path().endsWith("/openai" + V1)
                ? base.path() + operation.path() + v1Query(query, upstreamModel, operation)
                : onResource(openai(base.path()), query, upstreamModel, operation);
        var secret = provider.secret();
        return new Outgoing(base, uri, secret == null ? Map.of() : Map.of("api-key", secret));
    }

    /** What the resource could deploy: Azure lists its deployments to subscriptions only, not to keys. */
    @Override
    public Outgoing listing(ProviderConfig provider) {
        var base = BaseUrl.of(provider.baseUrl());
        var root = base.path().endsWith("/openai" + V1) ? base.path() : openai(base.path()) + V1;
        var query = ApiQuery.of(base.query()).undated().written();
        var secret = provider.secret();
        return new Outgoing(base, root + "/models" + query, secret == null ? Map.of() : Map.of("api-key", secret));
    }

    private static String onResource(String openai, ApiQuery query, String deployment, Operation operation) {
        return switch (operation) {
            // These two belong to the resource and not to a deployment; responses exist in the undated API only.
            case RESPONSES -> openai + V1 + operation.path() + query.undated().written();
            case REALTIME ->
                openai
                        + operation.path()
                        + query.dated().with("deployment", encoded(deployment)).written();
            default ->
                openai
                        + "/deployments/"
                        + segment(deployment)
                        + operation.path()
                        + query.dated().written();
        };
    }

    /** A socket has no body that could name the deployment. */
    private static String v1Query(ApiQuery query, String deployment, Operation operation) {
        var undated = query.undated();
        return (operation == Operation.REALTIME ? undated.with("model", encoded(deployment)) : undated).written();
    }

    private static String openai(String path) {
        return path.endsWith("/openai") ? path : path + "/openai";
    }

    private static String segment(String deployment) {
        if (deployment.isEmpty() || deployment.equals(".") || deployment.equals("..")) {
            throw new IllegalArgumentException("expected the name of a deployment, got '" + deployment + "'");
        }
        return encoded(deployment);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
