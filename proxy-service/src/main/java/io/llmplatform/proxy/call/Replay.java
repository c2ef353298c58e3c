package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Meter;
import io.llmplatform.proxy.api.StreamForm;
import io.llmplatform.proxy.cache.CacheEntry;
import io.llmplatform.proxy.cache.StreamRecording;
import io.llmplatform.proxy.cache.WholeAnswer;
import io.llmplatform.proxy.stream.SseSplitter;
import io.llmplatform.proxy.usage.TokenEstimate;
import io.vertx.core.buffer.Buffer;

/** Gives an answer again that was given once: recorded like every other, at no cost. */
final class Replay {
    private final CallServices services;
    private final ClientSide client;
    private final CallLedger ledger;
    private final ApiRequest asked;

    Replay(CallServices services, ClientSide client, CallLedger ledger, ApiRequest asked) {
        this.services = services;
        this.client = client;
        this.ledger = ledger;
        this.asked = asked;
    }

    void give(CacheEntry entry) {
        ledger.fromCache(entry.tokens());
        ledger.contentCame();
        var record = ledger.record(Outcome.COMPLETED, 200, null, entry.tokens());
        Outcomes.writeThenAnswer(services, client, ledger, record, () -> answer(entry));
    }

    private void answer(CacheEntry entry) {
        Description.of(ledger).forEach(client::header);
        client.header("x-platform-cache", "hit");
        client.header("x-platform-cost", "0");
        client.header("age", Long.toString(entry.age(services.clock().instant())));
        switch (entry) {
            case WholeAnswer whole -> client.whole(200, "application/json", Buffer.buffer(whole.body()));
            case StreamRecording recording -> stream(recording);
        }
    }

    private void stream(StreamRecording recording) {
        var meter = Meter.of(asked.operation(), new TokenEstimate());
        client.openEvents();
        var splitter = new SseSplitter(services.settings().maxEventBytes(), event -> {
            if (!(meter.read(event.data()).usageOnly() && asked.usageInjected())) {
                client.event(event);
            }
        });
        for (int i = 0; i < recording.size(); i++) {
            splitter.feed(recording.event(i));
        }
        splitter.end();
        var mark =
                StreamForm.of(asked.operation(), ledger.arrival().requestId()).endMark();
        if (mark != null) {
            client.event(mark);
        }
        client.end();
    }
}
