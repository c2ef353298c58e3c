package io.llmplatform.proxy.upstream.openai;

import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.upstream.Upstream;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.upstream.UpstreamSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Map;

/** Calls OpenAI, DeepSeek and whatever speaks OpenAI's chat API. */
public final class OpenAiUpstream implements Upstream {
    /** Below the idle limit of common servers (uvicorn: 5 s), so that a call seldom meets a connection just closed. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private static final int MAX_CONNECTIONS_PER_HOST = 4096;

    private final Vertx vertx;
    private final UpstreamSettings settings;
    private final HttpClient client;
    private final Map<String, Endpoint> endpoints = new HashMap<>();

    public OpenAiUpstream(Vertx vertx, UpstreamSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setConnectTimeout((int) settings.connect().toMillis())
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(32 * 1024)
                        .setMaxInitialLineLength(8 * 1024)
                        .setDecompressionSupported(false))
                .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_HOST))
                .build();
    }

    @Override
    public UpstreamCall call(Target target, UpstreamRequest request, UpstreamListener listener) {
        var call = new OpenAiCall(vertx, settings, request, listener);
        call.begin(() -> client.request(options(target, request)));
        return call;
    }

    private RequestOptions options(Target target, UpstreamRequest request) {
        var endpoint = endpoints.computeIfAbsent(target.provider().baseUrl(), Endpoint::of);
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(endpoint.tls())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setURI(endpoint.uri())
                .setFollowRedirects(false);
        request.headers().forEach(options::addHeader);
        options.putHeader("Content-Type", "application/json")
                .putHeader("Accept", request.stream() ? "text/event-stream" : "application/json")
                .putHeader("Accept-Encoding", "identity")
                .putHeader("User-Agent", "llm-platform")
                .putHeader("X-Request-Id", request.requestId());
        var secret = target.provider().secret();
        return secret == null ? options : options.putHeader("Authorization", "Bearer " + secret);
    }
}
