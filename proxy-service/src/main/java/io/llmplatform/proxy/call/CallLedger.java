package io.llmplatform.proxy.chat;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.usage.Cost;
import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.Arrival;
import org.jspecify.annotations.Nullable;

/** What is known so far about one request, for its usage record. */
final class CallLedger {
    private static final String ENDPOINT = "chat.completions";
    private static final int MAX_MODEL = 256;

    private final Arrival arrival;
    private final Caller caller;
    private final String gateway;

    /** Text of the answer seen so far. */
    final TokenEstimate said = new TokenEstimate();

    private @Nullable ChatRequest chat;
    private ModelEvent.@Nullable Price price;
    private @Nullable Target target;
    private @Nullable Tokens reported;
    private @Nullable Long ttftMillis;
    private int attempts;

    CallLedger(Arrival arrival, Caller caller, String gateway) {
        this.arrival = arrival;
        this.caller = caller;
        this.gateway = gateway;
    }

    void asked(ChatRequest request) {
        this.chat = request;
    }

    /** The price in force when the request ends. */
    void price(ModelEvent.@Nullable Price inForce) {
        this.price = inForce;
    }

    void attempt(Target next) {
        target = next;
        attempts++;
    }

    void contentCame() {
        if (ttftMillis == null) {
            ttftMillis = arrival.elapsedMillis();
        }
    }

    void reported(Tokens tokens) {
        this.reported = tokens;
    }

    int attempts() {
        return attempts;
    }

    @Nullable
    Target target() {
        return target;
    }

    /** The provider's count, or else our estimate of the prompt and of what was said so far. */
    Tokens tokens() {
        if (reported != null) {
            return reported;
        }
        return chat == null || attempts == 0
                ? Tokens.NONE
                : Tokens.estimated(ChatRequestScan.estimatePromptTokens(chat.body()), said.tokens());
    }

    Cost cost(Tokens tokens) {
        return Cost.of(tokens, price);
    }

    UsageRecord record(Outcome outcome, int status, @Nullable String errorCode, Tokens tokens) {
        var cost = cost(tokens);
        var to = target;
        var asked = chat;
        return new UsageRecord(
                arrival.requestId(),
                arrival.at(),
                caller.userId(),
                caller.apiKeyId(),
                ENDPOINT,
                asked == null ? null : shortened(asked.model()),
                to == null ? null : to.deploymentId(),
                to == null ? null : to.provider().id(),
                to == null ? null : to.upstreamModel(),
                asked != null && asked.stream(),
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
                arrival.ip(),
                arrival.userAgent(),
                gateway);
    }

    long latencyMillis() {
        return arrival.elapsedMillis();
    }

    private static String shortened(String model) {
        return model.length() <= MAX_MODEL ? model : model.substring(0, MAX_MODEL);
    }
}
