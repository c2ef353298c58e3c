package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Meter;
import io.llmplatform.proxy.journal.JournalRefusal;
import io.llmplatform.proxy.limit.Reservation;
import io.llmplatform.proxy.route.Failure;
import io.llmplatform.proxy.route.Journey;
import io.llmplatform.proxy.route.Lease;
import io.llmplatform.proxy.route.RetryPolicy;
import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.time.TimerWheel;
import io.llmplatform.proxy.translate.UntranslatableException;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Context;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted request until its one outcome is written: start record, attempts, outcome record, last bytes. Confined to
 * its event loop; the journal's acknowledgements hop back to it.
 */
final class Call {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private static final int CLIENT_LEFT = 499;

    final CallServices services;
    final ClientSide client;
    final CallLedger ledger;
    final ApiRequest asked;
    final Meter meter;
    private final Journey journey;
    private final Reservation reservation;
    private final Keep keep;
    private final Context context;
    private @Nullable Lease lease;
    private @Nullable Attempt attempt;
    private @Nullable Failure lastFailure;
    private TimerWheel.@Nullable Timer retryTimer;
    private TimerWheel.@Nullable Timer totalTimer;
    private boolean startWritten;
    private boolean clientLeft;
    private boolean over;

    /** @param keep gets the answer, for the cache and for later retrieval */
    Call(
            CallServices services,
            ClientSide client,
            CallLedger ledger,
            ApiRequest asked,
            Journey journey,
            Lease first,
            Reservation reservation,
            Keep keep) {
        this.services = services;
        this.client = client;
        this.ledger = ledger;
        this.asked = asked;
        this.meter = Meter.of(asked.operation(), ledger.said);
        this.journey = journey;
        this.lease = first;
        this.reservation = reservation;
        this.keep = keep;
        this.context = services.vertx().getOrCreateContext();
    }

    String requestId() {
        return ledger.arrival().requestId();
    }

    void begin() {
        client.onOver(this::clientOver);
        var ifNoOutcome = ledger.record(Outcome.UNKNOWN, 0, null, Tokens.NONE);
        services.journal().start(ifNoOutcome, refusal -> Outcomes.on(context, () -> started(refusal)));
    }

    private void started(@Nullable JournalRefusal refusal) {
        if (refusal != null) {
            over = true;
            reservation.settle(0, BigDecimal.ZERO);
            release();
            Refusals.byJournal(services, client, refusal);
            return;
        }
        startWritten = true;
        if (clientLeft) {
            abort();
            return;
        }
        totalTimer = services.timers().start(services.settings().total().toMillis(), this::outOfTime);
        attempt(java.util.Objects.requireNonNull(lease));
    }

    private void attempt(Lease next) {
        lease = next;
        var target = next.target();
        Prepared prepared;
        try {
            prepared = Prepared.of(services.providers(), asked, target, ledger.arrival());
        } catch (UntranslatableException e) {
            untranslatable(next, e);
            return;
        } catch (RuntimeException e) {
            unexpected(e);
            return;
        }
        ledger.attempt(target);
        var trial = new Attempt(this, next, prepared.exchange());
        attempt = trial;
        try {
            trial.begin(
                    services.upstreams().apply(target),
                    new UpstreamRequest(
                            requestId(),
                            prepared.operation(),
                            prepared.body(),
                            asked.contentType(),
                            asked.stream(),
                            Travelling.headers(
                                    client.headers(), ledger.arrival().trace(), services.random())));
        } catch (RuntimeException e) {
            trial.cancel();
            unexpected(e);
        }
    }

    /** Another deployment may speak the client's API itself. */
    private void untranslatable(Lease refused, UntranslatableException e) {
        refused.released();
        var next = journey.next();
        if (next == null && lastFailure != null) {
            lease = null;
            failed(Refusals.afterFailure(client, ledger, lastFailure));
        } else if (next == null) {
            lease = null;
            var error = ApiError.unsupported(e.param(), e.getMessage());
            finish(Outcome.REJECTED, error.status(), error.codeOrType(), Tokens.NONE, () -> {
                describe();
                client.error(error);
            });
        } else {
            attempt(next);
        }
    }

    private void unexpected(RuntimeException e) {
        LOG.error("{}: unexpected failure", requestId(), e);
        failed(ApiError.internal());
    }

    /**
     * An attempt failed before the client saw anything of it: whether another one is made.
     *
     * @return false when the client must be told
     */
    boolean goesOnAfter(Lease failed, Failure failure) {
        if (over) {
            return true;
        }
        lastFailure = failure;
        ledger.attempted(failure.wire());
        failed.failed(failure);
        if (client.began()) {
            return false;
        }
        var next = services.retries().after(failure, ledger.attempts(), journey.another(), timeLeft());
        if (next instanceof RetryPolicy.TryOther) {
            var other = journey.next();
            if (other != null) {
                LOG.info(
                        "{}: going on with deployment {}",
                        requestId(),
                        other.target().deploymentId());
                attempt(other);
                return true;
            }
            next = services.retries().after(failure, ledger.attempts(), false, timeLeft());
        }
        if (next instanceof RetryPolicy.Wait(Duration wait)) {
            retryTimer = services.timers().start(wait.toMillis(), () -> again(failure));
            return true;
        }
        return false;
    }

    private void again(Failure failure) {
        retryTimer = null;
        if (over) {
            return;
        }
        var same = journey.again();
        if (same == null) {
            failed(Refusals.afterFailure(client, ledger, failure));
        } else {
            attempt(same);
        }
    }

    private Duration timeLeft() {
        return services.settings().total().minusMillis(ledger.arrival().elapsedMillis());
    }

    private void outOfTime() {
        totalTimer = null;
        if (over) {
            return;
        }
        var error = ApiError.upstream(504, "upstream_timeout", "The answer was not whole within the time allowed.");
        if (attempt != null && client.began()) {
            attempt.breakOff(error);
            return;
        }
        if (attempt != null) {
            attempt.cancel();
        }
        failed(error);
    }

    /** Writes the outcome, then lets the last bytes go. */
    void complete(Runnable lastBytes) {
        ledger.reported(meter.usage());
        ledger.attempted("ok");
        if (lease != null) {
            lease.used(ledger.tokens().prompt() + ledger.tokens().completion());
            lease.succeeded();
        }
        finish(Outcome.COMPLETED, 200, null, ledger.tokens(), () -> keep.completed(ledger)
                .onComplete(kept -> lastBytes.run()));
    }

    /** A well-formed answer whose content is that the provider failed: passed on as it is, and kept nowhere. */
    void providerFailed(String code, Runnable lastBytes) {
        ledger.reported(meter.usage());
        ledger.attempted(code);
        if (lease != null) {
            lease.failed(Failure.of(Failure.Kind.BROKEN));
        }
        finish(Outcome.FAILED, 200, code, ledger.tokens(), lastBytes);
    }

    /** An error before anything was produced. */
    void failed(ApiError error) {
        ledger.attempted(error.codeOrType());
        if (lease != null) {
            lease.released();
        }
        finish(Outcome.FAILED, error.status(), error.codeOrType(), Tokens.NONE, () -> {
            describe();
            client.error(error);
        });
    }

    /**
     * The answer broke in its middle: the client has its 200 already.
     *
     * @param fault whether it tells against the deployment; an error that the provider explains may be the request's
     */
    void breakOff(ApiError error, boolean fault, Runnable lastBytes) {
        ledger.reported(meter.usage());
        ledger.attempted(error.codeOrType());
        if (lease != null && fault) {
            lease.failed(Failure.of(Failure.Kind.BROKEN));
        }
        release();
        finish(Outcome.FAILED, 200, error.codeOrType(), ledger.partial(), lastBytes);
    }

    void recording(SseEvent event) {
        keep.event(event);
    }

    void recording(byte[] whole) {
        keep.whole(whole);
    }

    boolean over() {
        return over;
    }

    private void clientOver() {
        clientLeft = true;
        if (!over && startWritten) {
            abort();
        } else if (attempt != null) {
            attempt.close();
        }
    }

    private void abort() {
        if (attempt != null) {
            attempt.cancel();
        }
        release();
        ledger.attempted("client_left");
        ledger.reported(meter.usage());
        // Between two attempts nobody has been asked for anything that costs.
        var used = retryTimer != null ? Tokens.NONE : ledger.partial();
        finish(Outcome.ABORTED, CLIENT_LEFT, "client_closed_request", used, () -> {});
    }

    private void release() {
        if (lease != null) {
            lease.released();
        }
    }

    private void finish(Outcome outcome, int status, @Nullable String errorCode, Tokens tokens, Runnable lastBytes) {
        if (over) {
            return;
        }
        over = true;
        TimerWheel.cancel(retryTimer);
        TimerWheel.cancel(totalTimer);
        ledger.price(services.config().current(), asked.model());
        var record = ledger.record(outcome, status, errorCode, tokens);
        reservation.settle(tokens.prompt() + tokens.completion(), record.cost());
        Outcomes.write(services, context, ledger, record, refusal -> {
            if (refusal == null) {
                lastBytes.run();
            } else {
                if (attempt != null) {
                    attempt.close();
                }
                Refusals.byJournal(services, client, refusal);
            }
        });
    }

    /** Headers that tell how the request was served. */
    void describe() {
        Description.of(ledger).forEach(client::header);
    }

    void describeCost() {
        client.header("x-platform-cost", ledger.cost(ledger.tokens()).amount().toPlainString());
    }
}
