package io.llmplatform.proxy.call;

import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.auth.SealedOrigin;
import io.llmplatform.proxy.config.GatewayConfig;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.usage.Cost;
import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known so far about one request, for its usage record. */
final class CallLedger {
    private static final int MAX_MODEL = 256;

    private final Arrival arrival;
    private final Caller caller;
    private final Operation operation;
    private final String gateway;
    private final List<UsageRecord.Attempt> trail = new ArrayList<>(1);

    /** Text of the answer seen so far. */
    final TokenEstimate said = new TokenEstimate();

    private @Nullable ApiRequest asked;
    private @Nullable Rates rates;
    private @Nullable Target target;
    private @Nullable Tokens reported;
    private @Nullable Long ttftMillis;
    private long attemptBegan;
    private int attempts;
    private boolean cacheHit;

    CallLedger(Arrival arrival, Caller caller, Operation operation, String gateway) {
        this.arrival = arrival;
        this.caller = caller;
        this.operation = operation;
        this.gateway = gateway;
    }

    Arrival arrival() {
        return arrival;
    }

    Caller caller() {
        return caller;
    }

    Operation operation() {
        return operation;
    }

    void asked(ApiRequest request) {
        this.asked = request;
    }

    /**
     * What is known of prices when the request ends, of the model that answered: a fallback has its own. Of a price book the
     * version counts that was in force when the request arrived.
     */
    void price(GatewayConfig config, String asked) {
        var model = config.model(target == null ? asked : target.model());
        if (model != null && !cacheHit) {
            rates = config.rates(model, arrival.at());
        }
    }

    void attempt(Target next) {
        target = next;
        attempts++;
        attemptBegan = System.nanoTime();
    }

    /** @param result {@code ok}, or why the attempt was given up */
    void attempted(String result) {
        var to = target;
        if (to != null && trail.size() < attempts) {
            trail.add(new UsageRecord.Attempt(
                    to.deploymentId(),
                    result,
                    java.time.Duration.ofNanos(System.nanoTime() - attemptBegan).toMillis()));
        }
    }

    void contentCame() {
        if (ttftMillis == null) {
            ttftMillis = arrival.elapsedMillis();
        }
    }

    void reported(@Nullable Tokens tokens) {
        if (tokens != null) {
            this.reported = tokens;
        }
    }

    /** The answer came from the cache: its tokens are what they were when it was made, its cost is nothing. */
    void fromCache(Tokens tokens) {
        cacheHit = true;
        reported = tokens;
        rates = null;
    }

    boolean cacheHit() {
        return cacheHit;
    }

    int attempts() {
        return attempts;
    }

    @Nullable
    Target target() {
        return target;
    }

    @Nullable
    Long ttftMillis() {
        return ttftMillis;
    }

    /** The provider's count, or else our estimate of the prompt and of what was said so far. */
    Tokens tokens() {
        if (operation == Operation.COUNT_TOKENS) {
            return Tokens.NONE; // counting is free
        }
        if (reported != null) {
            return reported;
        }
        return asked == null || attempts == 0 ? Tokens.NONE : Tokens.estimated(asked.promptTokens(), said.tokens());
    }

    /** Of an answer that broke off: what the provider said at its start counts for the prompt, what came for the answer. */
    Tokens partial() {
        var known = tokens();
        return known.estimated()
                ? known
                : new Tokens(
                        known.prompt(),
                        Math.max(known.completion(), said.tokens()),
                        known.cached(),
                        known.reasoning(),
                        true,
                        known.kinds());
    }

    /** Of the whole answer. */
    Cost cost(Tokens tokens) {
        return operation == Operation.COUNT_TOKENS ? Cost.of(Tokens.NONE, rates) : Cost.ofAnswer(tokens, rates);
    }

    /** A request that got nothing costs nothing. */
    private Cost cost(Outcome outcome, Tokens tokens) {
        boolean answered = outcome == Outcome.COMPLETED || tokens.completion() > 0;
        return answered ? cost(tokens) : Cost.of(tokens, rates);
    }

    UsageRecord record(Outcome outcome, int status, @Nullable String errorCode, Tokens tokens) {
        var cost = cost(outcome, tokens);
        var to = target;
        var request = asked;
        var model = request == null ? null : request.model();
        return new UsageRecord(
                arrival.requestId(),
                arrival.at(),
                caller.userId(),
                caller.teamId(),
                caller.apiKeyId(),
                operation.wire(),
                shortened(model),
                to == null || to.model().equals(model) ? null : shortened(to.model()),
                to == null ? null : to.deploymentId(),
                to == null ? null : to.provider().id(),
                to == null ? null : to.upstreamModel(),
                request != null && request.stream(),
                outcome,
                status,
                errorCode,
                tokens.prompt(),
                tokens.completion(),
                tokens.cached(),
                tokens.reasoning(),
                tokens.estimated(),
                cost.amount(),
                cost.currency(),
                arrival.elapsedMillis(),
                ttftMillis,
                attempts,
                attempts > 1 ? List.copyOf(trail) : null,
                cacheHit ? Boolean.TRUE : null,
                tags(),
                SealedOrigin.of(caller, arrival.ip()),
                SealedOrigin.of(caller, arrival.userAgent()),
                gateway);
    }

    private @Nullable Map<String, String> tags() {
        var metadata = caller.metadata();
        return metadata.isEmpty() ? null : metadata;
    }

    private static @Nullable String shortened(@Nullable String model) {
        return model == null || model.length() <= MAX_MODEL ? model : model.substring(0, MAX_MODEL);
    }
}
