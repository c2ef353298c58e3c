package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.proxy.call.Answers;
import io.llmplatform.proxy.call.BodyCollector;
import io.llmplatform.proxy.time.TimerWheel;
import io.llmplatform.proxy.wire.Arrival;
import io.llmplatform.proxy.wire.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the management services: reads to the query-service, writes and everything about logins to the
 * command-service. Bodies of requests are small and taken in first; answers stream through.
 */
final class AdminForward {
    static final String PREFIX = "/api/admin/v1/";
    private static final Logger LOG = LoggerFactory.getLogger(AdminForward.class);
    private static final long MAX_BODY = 1 << 20;
    private static final long CANCEL = 0x8;
    private static final Set<String> NOT_PASSED_IN = Set.of(
            "host",
            "content-length",
            "expect",
            "forwarded",
            "x-real-ip",
            "x-request-id",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-forwarded-prefix",
            "x-forwarded-ssl",
            "origin");

    /** Ours already, or set by {@link Cors}. */
    private static final Set<String> NOT_PASSED_OUT = Set.of("x-request-id", "server", "vary");

    private final Vertx vertx;
    private final FrontDoorSettings settings;
    private final ClientAddress addresses;
    private final BodyCollector bodies;
    private final HttpClient client;

    AdminForward(Vertx vertx, TimerWheel timers, FrontDoorSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.addresses = new ClientAddress(settings.trustedProxies());
        this.bodies = new BodyCollector(timers, MAX_BODY);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2_000).setKeepAliveTimeout(10),
                new PoolOptions().setHttp1MaxSize(256));
    }

    void handle(HttpServerRequest request, Arrival arrival, String path) {
        if (!ManagementTarget.isPlain(path)) {
            problem(request, arrival, 400, "Bad Request", "The path is not in its plain form.");
            return;
        }
        if (!ManagementTarget.isSound(request.query())) {
            problem(request, arrival, 400, "Bad Request", "The query is not UTF-8 text in percent-encoding.");
            return;
        }
        var target = ManagementTarget.of(path, request.query());
        boolean read = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        boolean login = path.startsWith(PREFIX + "auth/");
        if (login && !read && CookieGuard.refuses(request)) {
            problem(request, arrival, 403, "Forbidden", "A page of another origin may not use the cookie of a login.");
            return;
        }
        var service = read && !login ? settings.queryUrl() : settings.commandUrl();
        request.pause();
        bodies.collect(request).onComplete(body -> forward(request, arrival, service, target, body), e -> {
            if (e instanceof BodyCollector.TooLargeException) {
                request.response().putHeader("Connection", "close");
                problem(
                        request,
                        arrival,
                        413,
                        "Content Too Large",
                        "The request body is larger than " + MAX_BODY + " bytes.");
                if (!request.isEnded()) {
                    Answers.closeSoon(vertx, request);
                }
            }
        });
    }

    private void forward(HttpServerRequest request, Arrival arrival, URI service, String target, Buffer body) {
        var options = new RequestOptions()
                .setMethod(request.method())
                .setHost(service.getHost())
                .setPort(service.getPort() < 0 ? 80 : service.getPort())
                .setURI(target)
                .setFollowRedirects(false);
        client.request(options).onComplete(out -> send(request, arrival, out, body), e -> away(request, arrival, e));
    }

    private void send(HttpServerRequest request, Arrival arrival, HttpClientRequest out, Buffer body) {
        if (request.response().closed()) {
            out.reset(CANCEL);
            return;
        }
        HopByHop.copy(request.headers(), out.headers(), NOT_PASSED_IN);
        out.putHeader(Headers.REQUEST_ID, arrival.requestId());
        out.putHeader(Headers.FORWARDED_PROTO, addresses.scheme(request));
        if (arrival.ip() != null) {
            out.putHeader(Headers.FORWARDED_FOR, arrival.ip());
        }
        long deadline = vertx.setTimer(
                TimeUnit.SECONDS.toMillis(60), fired -> out.reset(CANCEL, new TimeoutException("no answer in time")));
        arrival.departure().then(() -> {
            if (!request.response().ended()) {
                out.reset(CANCEL);
            }
        });
        out.send(body)
                .onComplete(
                        answer -> {
                            vertx.cancelTimer(deadline);
                            answer(request, arrival, answer);
                        },
                        e -> {
                            vertx.cancelTimer(deadline);
                            away(request, arrival, e);
                        });
    }

    private void answer(HttpServerRequest request, Arrival arrival, HttpClientResponse answer) {
        var response = request.response();
        response.setStatusCode(answer.statusCode());
        HopByHop.copy(answer.headers(), response.headers(), NOT_PASSED_OUT);
        if (request.method() != HttpMethod.HEAD && answer.getHeader("Content-Length") == null) {
            response.setChunked(true);
        }
        answer.pipe().endOnFailure(false).to(response).onFailure(e -> {
            LOG.debug("{}: answer of a management service broke off: {}", arrival.requestId(), e.toString());
            request.connection().close();
        });
    }

    private void away(HttpServerRequest request, Arrival arrival, Throwable e) {
        if (request.response().closed() || request.response().headWritten()) {
            return;
        }
        LOG.warn("{}: management service away: {}", arrival.requestId(), e.toString());
        request.response().putHeader("Retry-After", "2");
        problem(
                request,
                arrival,
                503,
                "Service Unavailable",
                "The management service does not answer at the moment. Chat completions are not affected.");
    }

    static void problem(HttpServerRequest request, Arrival arrival, int status, String title, String detail) {
        var response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(new Problem(status, title, detail, arrival.requestId()).toJson());
    }
}
