package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.journal.JournalRefusal;
import io.llmplatform.proxy.limit.Admission;
import io.llmplatform.proxy.route.Failure;
import io.llmplatform.proxy.route.Shortage;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.ApiError;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything that is refused before, or instead of, an upstream call. */
final class Refusals {
    private static final Duration SOON = Duration.ofSeconds(1);

    private Refusals() {}

    /** Recorded, since it is known who asked. */
    static void reject(CallServices services, ClientSide client, CallLedger ledger, ApiError error) {
        var full = services.journal().refusesStarts();
        if (full != null) {
            services.meters().journalRefused(full.name().toLowerCase(Locale.ROOT));
            client.error(error);
            return;
        }
        var context = services.vertx().getOrCreateContext();
        var record = ledger.record(Outcome.REJECTED, error.status(), error.codeOrType(), Tokens.NONE);
        Outcomes.write(services, context, ledger, record, refusal -> client.error(error));
    }

    /** Nobody gets an answer that is not on record. */
    static void byJournal(CallServices services, ClientSide client, JournalRefusal refusal) {
        services.meters().journalRefused(refusal.name().toLowerCase(Locale.ROOT));
        if (client.began()) {
            client.hangUp();
            return;
        }
        client.header("Retry-After", "5");
        client.error(ApiError.unavailable(
                refusal == JournalRefusal.FULL ? "usage_journal_full" : "usage_journal_unavailable",
                "The gateway cannot record usage at the moment and serves nothing unrecorded."));
    }

    /** Sets the headers that tell a client when to come again, and says it in words that Codex parses. */
    static ApiError denied(ClientSide client, Admission.Denied denied) {
        var subject = denied.subject().kind().name().toLowerCase(Locale.ROOT);
        if (denied.reason() == io.llmplatform.proxy.limit.Reason.BUDGET) {
            client.header("x-should-retry", "false");
            return ApiError.overBudget("The budget of this " + subject + " is used up.");
        }
        var what =
                switch (denied.reason()) {
                    case REQUESTS -> "requests per minute";
                    case TOKENS -> "tokens per minute";
                    case CONCURRENCY, BUDGET -> "requests at a time";
                };
        var wait = denied.retryAfter();
        if (wait == null) {
            client.header("x-should-retry", "false");
            return ApiError.rateLimited(
                    "This request alone is larger than the limit of " + what + " of this " + subject + ".");
        }
        return rateLimited(client, "Rate limit reached: " + what + " of this " + subject + ".", wait);
    }

    private static ApiError rateLimited(ClientSide client, String message, Duration wait) {
        comeAgain(client, wait);
        return ApiError.rateLimited(message + " Please try again in " + seconds(wait) + "s.");
    }

    /** In the one form that Codex reads, however long it is. */
    private static String seconds(Duration wait) {
        return BigDecimal.valueOf(Math.max(1, wait.toMillis()), 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    static void comeAgain(ClientSide client, Duration wait) {
        long millis = Math.max(1, wait.toMillis());
        client.header("Retry-After", Long.toString((millis + 999) / 1000));
        client.header("retry-after-ms", Long.toString(millis));
    }

    /** @param model as the client named it */
    static ApiError shortage(ClientSide client, Shortage shortage, CallLedger ledger, String model) {
        return switch (shortage) {
            case Shortage.NotServable none ->
                ApiError.unsupportedEndpoint(ledger.operation().wire(), model);
            case Shortage.NotMatched none ->
                ApiError.unsupported("model", "No deployment of this model is meant for such a request.");
            case Shortage.Busy busy
            when busy.status() == 429 ->
                rateLimited(client, "The deployments of this model are at their limits.", busy.retryAfter());
            case Shortage.Busy busy -> {
                comeAgain(client, busy.retryAfter());
                yield noDeployment();
            }
            case Shortage.NotConfigured none -> noDeployment();
            case Shortage.Exhausted none -> {
                comeAgain(client, SOON);
                yield noDeployment();
            }
        };
    }

    private static ApiError noDeployment() {
        return ApiError.unavailable("no_deployment", "No deployment of this model can be called at the moment.");
    }

    /** An attempt failed, and when the time for the next one had come there was none to be had. */
    static ApiError afterFailure(ClientSide client, CallLedger ledger, Failure failure) {
        var target = ledger.target();
        if (failure.kind() != Failure.Kind.STATUS || target == null) {
            return Attempt.error(
                    target == null
                            ? UpstreamFailure.UNREACHABLE
                            : UpstreamFailure.valueOf(failure.kind().name()));
        }
        var wait = failure.retryAfter();
        if (wait != null) {
            comeAgain(client, wait);
        }
        return UpstreamErrors.of(failure.status(), new byte[0], target.provider());
    }

    static void overloaded(ClientSide client) {
        comeAgain(client, SOON);
        client.error(ApiError.unavailable("overloaded", "The gateway has too much to do at the moment; try again."));
    }

    static ApiError noRoom() {
        return ApiError.unavailable("overloaded", "The gateway holds too much at the moment; try again.");
    }

    static @Nullable ApiError starting(CallServices services, ClientSide client) {
        if (services.config().ready()) {
            return null;
        }
        client.header("Retry-After", "1");
        return ApiError.unavailable("starting", "The gateway is starting; try again in a moment.");
    }
}
