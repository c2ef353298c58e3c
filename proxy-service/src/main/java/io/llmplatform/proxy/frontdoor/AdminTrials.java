package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.AuthResult.Reason;
import io.llmplatform.proxy.auth.AuthResult.Refused;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.call.BodyCollector;
import io.llmplatform.proxy.call.CallServices;
import io.llmplatform.proxy.trial.TrialDesk;
import io.llmplatform.proxy.trial.TrialReply;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of the management API that the gateway answers itself: those that need a provider's API key, which
 * nobody else can open. For administrators who are logged in; an API key is no login.
 */
final class AdminTrials {
    private static final Logger LOG = LoggerFactory.getLogger(AdminTrials.class);
    private static final Pattern TEST = Pattern.compile("(providers|models)/([A-Za-z0-9_]{1,64})/test");
    private static final Pattern LIST = Pattern.compile("providers/([A-Za-z0-9_]{1,64})/models");
    private static final long MAX_BODY = 16 << 10;

    /** Of one event loop. Each may hold a body of some megabytes for half a minute. */
    private static final int MOST_AT_A_TIME = 4;

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final BodyCollector bodies;
    private final TrialDesk desk;
    private int underWay;

    AdminTrials(CallServices services) {
        this.vertx = services.vertx();
        this.authenticator = services.authenticator();
        this.bodies = new BodyCollector(services.timers(), MAX_BODY);
        this.desk = new TrialDesk(services);
    }

    /** @return false when it is for somebody else */
    boolean handled(HttpServerRequest request, Arrival arrival, String path) {
        var resource = path.substring(AdminForward.PREFIX.length());
        var test = TEST.matcher(resource);
        var list = LIST.matcher(resource);
        if (request.method() == HttpMethod.POST && test.matches()) {
            admitted(request, arrival, (caller, body) -> test(caller, arrival, test, body, token(request)));
            return true;
        }
        if (request.method() == HttpMethod.GET && list.matches()) {
            admitted(request, arrival, (caller, body) -> desk.models(list.group(1), token(request)));
            return true;
        }
        return false;
    }

    private Future<TrialReply> test(Caller caller, Arrival arrival, Matcher test, byte[] body, long token) {
        return test.group(1).equals("models")
                ? desk.model(caller, arrival, test.group(2), body, token)
                : desk.provider(caller, arrival, test.group(2), body, token);
    }

    @FunctionalInterface
    private interface Work {
        Future<TrialReply> of(Caller caller, byte[] body);
    }

    private void admitted(HttpServerRequest request, Arrival arrival, Work work) {
        request.pause();
        bodies.collect(request)
                .onComplete(
                        body -> authenticated(request, arrival, caller -> begin(request, arrival, caller, body, work)),
                        e -> {
                            if (e instanceof BodyCollector.TooLargeException) {
                                AdminForward.problem(
                                        request,
                                        arrival,
                                        413,
                                        "Content Too Large",
                                        "The request body is larger than " + MAX_BODY + " bytes.");
                            }
                        });
    }

    private void authenticated(HttpServerRequest request, Arrival arrival, Consumer<Caller> then) {
        authenticator
                .authenticate(request.headers(), vertx)
                .onComplete(
                        result -> {
                            var caller =
                                    switch (result) {
                                        case Accepted(Caller accepted) -> accepted;
                                        // A team's state is about the data plane.
                                        case Refused(var reason, var identified) ->
                                            reason == Reason.TEAM_DISABLED ? identified : null;
                                    };
                            var user = caller == null || caller.key() != null ? null : caller.user();
                            if (caller == null || user == null) {
                                request.response().putHeader("WWW-Authenticate", "Bearer");
                                AdminForward.problem(
                                        request, arrival, 401, "Unauthorized", "a valid access token is needed");
                            } else if (user.role() != Role.ADMIN) {
                                AdminForward.problem(
                                        request,
                                        arrival,
                                        403,
                                        "Forbidden",
                                        "the role " + user.role().wire() + " may not do that");
                            } else {
                                then.accept(caller);
                            }
                        },
                        e -> failed(request, arrival, e));
    }

    private void begin(HttpServerRequest request, Arrival arrival, Caller caller, Buffer body, Work work) {
        if (underWay >= MOST_AT_A_TIME) {
            request.response().putHeader("Retry-After", "2");
            AdminForward.problem(
                    request, arrival, 429, "Too Many Requests", "Other tests are under way; try again in a moment.");
            return;
        }
        underWay++;
        work.of(caller, body.getBytes())
                .onComplete(
                        reply -> {
                            underWay--;
                            answer(request, arrival, reply);
                        },
                        e -> {
                            underWay--;
                            failed(request, arrival, e);
                        });
    }

    private static void answer(HttpServerRequest request, Arrival arrival, TrialReply reply) {
        if (reply instanceof TrialReply.Refused(var status, var title, var detail)) {
            AdminForward.problem(request, arrival, status, title, detail);
        } else if (!request.response().closed()) {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(reply.json());
        }
    }

    private static void failed(HttpServerRequest request, Arrival arrival, Throwable e) {
        LOG.error("{}: unexpected failure", arrival.requestId(), e);
        AdminForward.problem(request, arrival, 500, "Internal Server Error", "Internal error.");
    }

    /** Of a write that the answer must know of; anything else than a number is none. */
    private static long token(HttpServerRequest request) {
        var token = request.getHeader(Headers.CONSISTENCY_TOKEN);
        return token != null && token.matches("\\d{1,18}") ? Long.parseLong(token) : -1;
    }
}
