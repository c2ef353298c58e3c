package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.id.Ids;
import io.llmplatform.proxy.call.Answers;
import io.llmplatform.proxy.call.CallServices;
import io.llmplatform.proxy.console.ConsoleSite;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.llmplatform.proxy.wire.Departure;
import io.llmplatform.proxy.wire.TraceContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every request comes in and is told where to go. One per event loop. */
public final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final int MAX_USER_AGENT = 256;
    private static final String ADMIN = "/api/admin";

    private final FrontDoorSettings settings;
    private final Vertx vertx;
    private final Clock clock;
    private final Ids ids;
    private final RandomGenerator random;
    private final ClientAddress addresses;
    private final Cors cors;
    private final Endpoints endpoints;
    private final AdminForward admin;
    private final AdminTrials trials;
    private final DocsSite docs;
    private final Health health;
    private final AccessLog access;

    public FrontDoor(
            FrontDoorSettings settings,
            CallServices services,
            DocsSite docs,
            Health health,
            AccessLog access,
            Ids ids,
            RandomGenerator random) {
        this.settings = settings;
        this.vertx = services.vertx();
        this.clock = services.clock();
        this.ids = ids;
        this.random = random;
        this.addresses = new ClientAddress(settings.trustedProxies());
        this.cors = new Cors(settings.corsOrigins());
        this.endpoints = new Endpoints(services);
        this.admin = new AdminForward(services.vertx(), services.timers(), settings);
        this.trials = new AdminTrials(services);
        this.docs = docs;
        this.health = health;
        this.access = access;
    }

    /** A request to port 8000. */
    public void handle(HttpServerRequest request) {
        serve(request, null);
    }

    /** A request to the console's port: the API of the same origin, the console for everything else. */
    public void handle(HttpServerRequest request, ConsoleSite console) {
        serve(request, console);
    }

    private void serve(HttpServerRequest request, @Nullable ConsoleSite console) {
        var arrival = arrival(request);
        access.follow(request, arrival);
        request.response().putHeader(Headers.REQUEST_ID, arrival.requestId());
        var path = request.path() == null || request.path().isEmpty() ? "/" : request.path();
        try {
            if (!cors.handled(request)) {
                route(request, arrival, path, console);
            }
        } catch (RuntimeException e) {
            LOG.error("{}: unexpected failure", arrival.requestId(), e);
            if (path.startsWith(ADMIN)) {
                AdminForward.problem(request, arrival, 500, "Internal Server Error", "Internal error.");
            } else {
                Answers.send(request, ApiError.internal());
            }
        }
    }

    private void route(HttpServerRequest request, Arrival arrival, String path, @Nullable ConsoleSite console) {
        // Before the data plane: its second prefix may be /api.
        if (path.startsWith(AdminForward.PREFIX)) {
            if (!trials.handled(request, arrival, path)) {
                admin.handle(request, arrival, path);
            }
        } else if (path.startsWith(ADMIN)) {
            AdminForward.problem(request, arrival, 404, "Not Found", "No such resource.");
        } else if (path.startsWith("/v1/")) {
            endpoints.handle(request, arrival, path, path.substring("/v1".length()));
        } else if (path.startsWith(settings.apiPrefix() + "/")) {
            endpoints.handle(
                    request, arrival, path, path.substring(settings.apiPrefix().length()));
        } else if (path.equals("/health")) {
            if (Methods.only(vertx, request, path, path, HttpMethod.GET)) {
                health(request);
            }
        } else if (Methods.isRead(request) && docs.handled(request, path)) {
            LOG.debug("{}: {}", arrival.requestId(), path);
        } else if (console != null && !path.startsWith("/api/")) {
            console.handle(request);
        } else if (path.equals("/")) {
            if (Methods.only(vertx, request, path, path, HttpMethod.GET)) {
                json(
                        request,
                        "{\"name\":\"llm-platform\",\"docs\":\"/docs\",\"health\":\"/health\","
                                + "\"openapi\":[\"/openapi/data-plane.yaml\",\"/openapi/management.yaml\"]}");
            }
        } else {
            Answers.sendAndClose(
                    vertx, request, ApiError.unknownPath(request.method().name(), path));
        }
    }

    private void health(HttpServerRequest request) {
        var report = health.report();
        request.response().setStatusCode(report.serving() ? 200 : 503).putHeader("Cache-Control", "no-store");
        json(request, report.json());
    }

    private Arrival arrival(HttpServerRequest request) {
        var agent = request.getHeader("User-Agent");
        var departure = new Departure();
        request.response().endHandler(ended -> departure.over()).closeHandler(closed -> departure.over());
        return new Arrival(
                ids.next(Ids.Kind.REQUEST),
                clock.instant(),
                System.nanoTime(),
                addresses.of(request),
                agent == null || agent.length() <= MAX_USER_AGENT ? agent : agent.substring(0, MAX_USER_AGENT),
                TraceContext.of(
                        request.headers().getAll(TraceContext.TRACEPARENT),
                        request.headers().getAll(TraceContext.TRACESTATE),
                        random),
                departure);
    }

    private static void json(HttpServerRequest request, String body) {
        request.response().putHeader("Content-Type", "application/json").end(body);
    }
}
