package io.llmplatform.proxy.chat;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.journal.JournalRefusal;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One accepted request until its one outcome is written: start record, attempts, outcome record, last bytes. Confined to
 * its event loop; the journal's acknowledgements hop back to it.
 */
final class ChatCall {
    private static final Logger LOG = LoggerFactory.getLogger(ChatCall.class);
    private static final int MAX_ATTEMPTS = 2;
    private static final int CLIENT_LEFT = 499;

    final ChatServices services;
    final HttpServerRequest request;
    final CallLedger ledger;
    final ChatRequest chat;
    private final Arrival arrival;
    private final Context context;
    private final Set<String> tried = new HashSet<>();
    private final Target first;
    private @Nullable Attempt attempt;
    private boolean startWritten;
    private boolean clientLeft;
    private boolean over;

    ChatCall(
            ChatServices services,
            HttpServerRequest request,
            Arrival arrival,
            CallLedger ledger,
            ChatRequest chat,
            Target first) {
        this.services = services;
        this.request = request;
        this.arrival = arrival;
        this.ledger = ledger;
        this.chat = chat;
        this.first = first;
        this.context = services.vertx().getOrCreateContext();
    }

    /** @param share of the body, given back with the response's end or the client's leaving, whichever comes */
    void begin(BodyBudget.Share share) {
        request.response()
                .exceptionHandler(e -> LOG.debug("{}: client connection: {}", arrival.requestId(), e.toString()));
        request.response().closeHandler(closed -> {
            share.end();
            clientLeft();
        });
        // Who left before that is not told to the handler.
        clientLeft |= request.response().closed();
        var ifNoOutcome = ledger.record(Outcome.UNKNOWN, 0, null, Tokens.NONE);
        services.journal().start(ifNoOutcome, refusal -> context.runOnContext(written -> started(refusal)));
    }

    private void started(@Nullable JournalRefusal refusal) {
        if (refusal != null) {
            over = true;
            refusedByJournal(refusal);
            return;
        }
        startWritten = true;
        if (clientLeft) {
            abort();
        } else {
            attempt(first);
        }
    }

    private void attempt(Target target) {
        tried.add(target.deploymentId());
        ledger.attempt(target);
        var next = new Attempt(this, target);
        attempt = next;
        try {
            next.begin(
                    services.upstreams().apply(target),
                    new UpstreamRequest(
                            arrival.requestId(), chat.bodyFor(target.upstreamModel()), chat.stream(), travelling()));
        } catch (RuntimeException e) {
            LOG.error("{}: unexpected failure", arrival.requestId(), e);
            next.cancel();
            fail(ApiError.upstream(500, "internal_error", "Internal error."));
        }
    }

    /** Tries another deployment, as long as the client has seen nothing. */
    boolean failOver() {
        if (over || ledger.attempts() >= MAX_ATTEMPTS || request.response().headWritten()) {
            return false;
        }
        var config = services.config().current();
        var model = config.model(chat.model());
        var next = model == null || !model.active() ? null : services.chooser().choose(model, config, tried);
        if (next == null) {
            return false;
        }
        LOG.info("{}: going on with deployment {}", arrival.requestId(), next.deploymentId());
        attempt(next);
        return true;
    }

    /** Writes the outcome, then lets the last bytes go. */
    void complete(int status, Runnable lastBytes) {
        finish(Outcome.COMPLETED, status, null, ledger.tokens(), lastBytes);
    }

    /** An error before anything was produced. */
    void fail(ApiError error) {
        finish(Outcome.FAILED, error.status(), error.codeOrType(), Tokens.NONE, () -> {
            describe();
            Answers.send(request, error);
        });
    }

    /** The stream broke in its middle: the client has its 200 already. */
    void breakOff(ApiError error, Runnable lastBytes) {
        finish(Outcome.FAILED, 200, error.codeOrType(), ledger.tokens(), lastBytes);
    }

    boolean over() {
        return over;
    }

    private void clientLeft() {
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
        finish(Outcome.ABORTED, CLIENT_LEFT, "client_closed_request", ledger.tokens(), () -> {});
    }

    private void finish(Outcome outcome, int status, @Nullable String errorCode, Tokens tokens, Runnable lastBytes) {
        if (over) {
            return;
        }
        over = true;
        var model = services.config().current().model(chat.model());
        if (model != null) {
            ledger.price(model.price());
        }
        var record = ledger.record(outcome, status, errorCode, tokens);
        services.meters().finished(outcome.wire(), Duration.ofMillis(record.latencyMs()));
        services.journal()
                .outcome(
                        record,
                        refusal -> context.runOnContext(written -> {
                            if (refusal == null) {
                                lastBytes.run();
                            } else {
                                refusedByJournal(refusal);
                            }
                        }));
    }

    /** Nobody gets an answer that is not on record. */
    private void refusedByJournal(JournalRefusal refusal) {
        services.meters().journalRefused(refusal.name().toLowerCase(Locale.ROOT));
        if (attempt != null) {
            attempt.close();
        }
        if (request.response().headWritten()) {
            request.connection().close();
            return;
        }
        request.response().putHeader("Retry-After", "5");
        Answers.send(
                request,
                ApiError.unavailable(
                        refusal == JournalRefusal.FULL ? "usage_journal_full" : "usage_journal_unavailable",
                        "The gateway cannot record usage at the moment and serves nothing unrecorded."));
    }

    /** Headers that tell how the request was served. */
    void describe() {
        var headers = request.response().headers();
        headers.set("openai-processing-ms", Long.toString(arrival.elapsedMillis()));
        headers.set("x-platform-attempts", Integer.toString(ledger.attempts()));
        var target = ledger.target();
        if (target != null) {
            headers.set("x-platform-deployment", target.deploymentId());
        }
    }

    private MultiMap travelling() {
        var out = HttpHeaders.headers();
        for (var header : request.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("openai-beta") || name.startsWith("anthropic-")) {
                out.add(name, header.getValue());
            }
        }
        return out;
    }
}
