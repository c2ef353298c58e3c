package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.PromptCount;
import io.llmplatform.proxy.usage.Tokens;
import io.vertx.core.buffer.Buffer;

/** Counts tokens for models whose providers have no such service: by OpenAI's vocabulary, which is near for most others. */
final class LocalCount {
    private final CallServices services;
    private final ClientSide client;
    private final CallLedger ledger;

    LocalCount(CallServices services, ClientSide client, CallLedger ledger) {
        this.services = services;
        this.client = client;
        this.ledger = ledger;
    }

    /** The vocabulary is loaded by the first who asks, who then waits for it. */
    void answer(ApiRequest asked) {
        var context = services.vertx().getOrCreateContext();
        services.tokens()
                .load()
                .whenComplete((loaded, failure) ->
                        context.runOnContext(ready -> answer(PromptCount.of(asked, services.tokens()))));
    }

    private void answer(long tokens) {
        var record = ledger.record(Outcome.COMPLETED, 200, null, Tokens.NONE);
        Outcomes.writeThenAnswer(services, client, ledger, record, () -> {
            Description.of(ledger).forEach(client::header);
            client.header("x-platform-estimated", "true");
            client.whole(200, "application/json", Buffer.buffer("{\"input_tokens\":" + Math.max(1, tokens) + "}"));
        });
    }
}
