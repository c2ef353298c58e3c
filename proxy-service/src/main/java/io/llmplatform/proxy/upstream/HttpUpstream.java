package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.time.TimerWheel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls providers over HTTP. */
public final class HttpUpstream implements Upstream {
    /** Below the idle limit of common servers (uvicorn: 5 s), so that a call seldom meets a connection just closed. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private static final int MAX_CONNECTIONS_PER_HOST = 4096;

    /** Where the client's own wish counts for more than the provider's usual value. */
    private static final Set<String> CLIENT_WINS = Set.of("anthropic-version");

    private final Vertx vertx;
    private final TimerWheel timers;
    private final UpstreamSettings settings;
    private final Providers providers;
    private final Predicate<InetAddress> allowed;
    private final HttpClient client;

    /** @param allowed whether a provider may live at an address */
    public HttpUpstream(
            Vertx vertx,
            TimerWheel timers,
            UpstreamSettings settings,
            Providers providers,
            Predicate<InetAddress> allowed) {
        this.vertx = vertx;
        this.timers = timers;
        this.settings = settings;
        this.providers = providers;
        this.allowed = allowed;
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
        var call = new HttpCall(vertx, timers, settings, request, listener);
        call.begin(() -> connect(options(target, request)));
        return call;
    }

    /** A small answer, whole. */
    public record Answer(int status, Buffer body) {}

    /**
     * Asks something that is no call: nothing is billed by it.
     *
     * @param below behind the operation's path
     * @param query without question mark
     */
    public Future<Answer> ask(
            Target target, Operation operation, HttpMethod method, String below, @Nullable String query) {
        var to = provider(target.provider().type())
                .outgoing(target.provider(), target.upstreamModel(), operation, false);
        int mark = to.uri().indexOf('?');
        var path = (mark < 0 ? to.uri() : to.uri().substring(0, mark)) + below;
        var queries =
                (mark < 0 ? "" : to.uri().substring(mark)) + (query == null ? "" : (mark < 0 ? '?' : '&') + query);
        var options = at(new Outgoing(to.base(), path + queries, to.headers()), method)
                .setTimeout(settings.firstByte().toMillis());
        to.headers().forEach(options::putHeader);
        return connect(options).compose(HttpClientRequest::send).compose(answer -> answer.body()
                .map(body -> new Answer(answer.statusCode(), body)));
    }

    /** Asks for the provider's list of models; the future gives the head, whose body is still to come. */
    public Future<HttpClientResponse> list(ProviderConfig provider) {
        try {
            var to = provider(provider.type()).listing(provider);
            var options = at(to, HttpMethod.GET).putHeader("Accept", "application/json");
            to.headers().forEach(options::putHeader);
            return connect(options).compose(HttpClientRequest::send);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
    }

    /** Whether the provider answers at all. */
    public Future<Boolean> probe(ProviderConfig provider) {
        try {
            var to = provider(provider.type()).probe(provider);
            return connect(at(to, HttpMethod.GET).setTimeout(settings.connect().toMillis()))
                    .compose(HttpClientRequest::send)
                    .map(answer -> answer.statusCode() < 500);
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(false);
        }
    }

    /**
     * Looks at the address only once connected: a name that resolves to another address the second time gains nothing,
     * for no byte of the request has left by then.
     */
    private Future<HttpClientRequest> connect(RequestOptions options) {
        return client.request(options).compose(request -> {
            var remote = request.connection().remoteAddress();
            var address =
                    remote == null || remote.hostAddress() == null ? null : InetAddress.ofLiteral(remote.hostAddress());
            if (address != null && allowed.test(address)) {
                return Future.succeededFuture(request);
            }
            request.exceptionHandler(e -> {});
            request.reset();
            return Future.failedFuture(new ForbiddenAddressException());
        });
    }

    /** A private address, and those are not allowed here. */
    static final class ForbiddenAddressException extends RuntimeException {
        ForbiddenAddressException() {
            super("the provider's address is not a public one (UPSTREAM_ALLOW_PRIVATE)", null, false, false);
        }
    }

    private HttpProvider provider(String type) {
        if (providers.of(type).orElse(null) instanceof HttpProvider provider) {
            return provider;
        }
        throw new IllegalArgumentException("no HTTP provider of type " + type);
    }

    private RequestOptions options(Target target, UpstreamRequest request) {
        var to = provider(target.provider().type())
                .outgoing(target.provider(), target.upstreamModel(), request.operation(), request.stream());
        var options = at(to, HttpMethod.POST);
        request.headers().forEach(options::addHeader);
        options.putHeader("Content-Type", request.contentType())
                .putHeader("Accept", request.stream() ? "text/event-stream" : "*/*")
                .putHeader("Accept-Encoding", "identity")
                .putHeader("User-Agent", "llm-platform")
                .putHeader("X-Request-Id", request.requestId());
        to.headers().forEach((name, value) -> {
            if (!CLIENT_WINS.contains(name.toLowerCase(Locale.ROOT))
                    || !request.headers().contains(name)) {
                options.putHeader(name, value);
            }
        });
        return options;
    }

    private static RequestOptions at(Outgoing to, HttpMethod method) {
        return new RequestOptions()
                .setMethod(method)
                .setSsl(to.base().tls())
                .setHost(to.base().host())
                .setPort(to.base().port())
                .setURI(to.uri())
                .setFollowRedirects(false);
    }
}
