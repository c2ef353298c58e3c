package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.journal.JournalRefusal;
import io.llmplatform.proxy.limit.Admission;
import io.llmplatform.proxy.limit.Reservation;
import io.llmplatform.proxy.route.Ask;
import io.llmplatform.proxy.route.Failure;
import io.llmplatform.proxy.route.Journey;
import io.llmplatform.proxy.route.Lease;
import io.llmplatform.proxy.route.RetryPolicy;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One realtime session: limits, deployment and start record as for every request; then frames pass both ways, and what the
 * provider reports of tokens adds up to one outcome at the end.
 */
final class RealtimeSession {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

    private final CallServices services;
    private final HttpServerRequest request;
    private final Arrival arrival;
    private final CallLedger ledger;
    private final HttpClientSide client;
    private final Context context;

    RealtimeSession(CallServices services, HttpServerRequest request, CallLedger ledger) {
        this.services = services;
        this.request = request;
        this.arrival = ledger.arrival();
        this.ledger = ledger;
        this.client = new HttpClientSide(services.vertx(), request, arrival, false);
        this.context = services.vertx().getOrCreateContext();
    }

    void open() {
        var name = request.getParam("model");
        if (name == null || name.isBlank()) {
            reject(ApiError.invalid("model", "Missing required parameter: `model` (in the query)."));
            return;
        }
        ledger.asked(ApiRequest.socket(Operation.REALTIME, name));
        var model = services.config().current().model(name);
        if (model == null || !model.active()) {
            reject(ApiError.modelNotFound(name));
        } else if (!ledger.caller().mayCall(name)) {
            reject(ApiError.modelNotAllowed(name));
        } else {
            ledger.price(services.config().current(), model.name());
            var ask = new Ask(
                    Operation.REALTIME,
                    true,
                    () -> 0,
                    ledger.caller().metadata(),
                    null,
                    request.headers()::get,
                    arrival.at());
            var journey = services.router()
                    .journey(
                            model,
                            services.config().current(),
                            ask,
                            target -> services.providers()
                                    .plan(target.provider().type(), Operation.REALTIME)
                                    .isPresent(),
                            ledger.caller()::mayCall);
            var demand = Demands.of(
                    ledger,
                    model,
                    ApiRequest.socket(Operation.REALTIME, name),
                    services.config().current(),
                    () -> 0,
                    0,
                    false);
            services.limiter()
                    .admit(demand)
                    .onComplete(admission -> admitted(admission, journey, name), e -> reject(ApiError.internal()));
        }
    }

    private void admitted(Admission admission, Journey journey, String model) {
        switch (admission) {
            case Admission.Denied denied -> {
                services.meters().limited(denied.reason().name());
                reject(Refusals.denied(client, denied));
            }
            case Admission.Granted granted -> {
                var lease = journey.next();
                if (lease == null) {
                    granted.reservation().settle(0, BigDecimal.ZERO);
                    reject(Refusals.shortage(client, journey.shortage(), ledger, model));
                    return;
                }
                services.journal()
                        .start(
                                ledger.record(Outcome.UNKNOWN, 0, null, Tokens.NONE),
                                refusal -> context.runOnContext(
                                        written -> started(refusal, journey, lease, granted.reservation())));
            }
        }
    }

    private void started(@Nullable JournalRefusal refusal, Journey journey, Lease lease, Reservation reservation) {
        if (refusal == null) {
            connect(journey, lease, reservation);
            return;
        }
        lease.released();
        reservation.settle(0, BigDecimal.ZERO);
        Refusals.byJournal(services, client, refusal);
    }

    private void connect(Journey journey, Lease lease, Reservation reservation) {
        ledger.attempt(lease.target());
        Future<WebSocket> connecting;
        try {
            connecting = services.realtime()
                    .connect(lease.target(), Travelling.headers(request.headers(), arrival.trace(), services.random()));
        } catch (RuntimeException e) {
            connecting = Future.failedFuture(e);
        }
        connecting.onComplete(
                upstream -> accept(upstream, lease, reservation), e -> refused(e, journey, lease, reservation));
    }

    private void refused(Throwable e, Journey journey, Lease lease, Reservation reservation) {
        LOG.warn("{}: realtime upstream: {}", arrival.requestId(), e.getClass().getName());
        var failure = e instanceof UpgradeRejectedException rejected
                ? Failure.status(rejected.getStatus(), null)
                : Failure.of(Failure.Kind.UNREACHABLE);
        lease.failed(failure);
        ledger.attempted(failure.wire());
        var left = services.settings().total().minusMillis(arrival.elapsedMillis());
        var after = services.retries().after(failure, ledger.attempts(), journey.another(), left);
        var next = after instanceof RetryPolicy.TryOther && !request.response().closed() ? journey.next() : null;
        if (next != null) {
            connect(journey, next, reservation);
            return;
        }
        var error = Refusals.afterFailure(client, ledger, failure);
        over(Outcome.FAILED, error.status(), error.codeOrType(), reservation, () -> client.error(error));
    }

    private void accept(WebSocket upstream, Lease lease, Reservation reservation) {
        lease.firstByte();
        upstream.pause();
        request.toWebSocket()
                .onComplete(
                        socket -> new RealtimePipe(
                                        services, ledger, request.headers(), socket, upstream, lease, reservation)
                                .run(),
                        e -> {
                            upstream.close();
                            lease.released();
                            over(Outcome.ABORTED, 499, "client_closed_request", reservation, arrival.departure()::over);
                        });
    }

    private void over(Outcome outcome, int status, String code, Reservation reservation, Runnable then) {
        reservation.settle(0, BigDecimal.ZERO);
        var record = ledger.record(outcome, status, code, Tokens.NONE);
        Outcomes.write(services, context, ledger, record, refusal -> then.run());
    }

    private void reject(ApiError error) {
        Refusals.reject(services, client, ledger, error);
    }
}
