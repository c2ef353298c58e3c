package io.llmplatform.proxy.chat;

import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.stream.ChunkFacts;
import io.llmplatform.proxy.stream.SseSplitter;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Carries a stream's events from provider to client, byte for byte, taking from each what the bill needs. The end mark
 * waits until the outcome is on record; a break becomes an error event and the end mark, never a made-up stop.
 */
final class StreamPump {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final String DONE_EVENT = "data: [DONE]\n\n";

    private final ChatCall call;
    private final ProviderConfig provider;
    private final UpstreamCall upstream;
    private final StreamAnswer answer;
    private final SseSplitter splitter;
    private Buffer out = Buffer.buffer();
    private boolean done;
    private boolean finishSeen;
    private @Nullable ApiError error;
    private long stallTimer = -1;

    StreamPump(ChatCall call, ProviderConfig provider, UpstreamCall upstream) {
        this.call = call;
        this.provider = provider;
        this.upstream = upstream;
        var settings = call.services.settings();
        this.answer =
                new StreamAnswer(call.services.vertx(), call.request.response(), settings.keepAlive(), call::describe);
        this.splitter = new SseSplitter(settings.maxEventBytes(), this::event);
    }

    void data(Buffer chunk) {
        try {
            splitter.feed(chunk.getBytes());
        } catch (SseSplitter.EventTooLongException e) {
            error = ApiError.upstream(502, "upstream_event_too_long", "The provider sent an event that is too long.");
        }
        proceed();
    }

    void end() {
        splitter.end();
        // Some providers leave the end mark out: a finish reason says as much.
        done |= finishSeen && error == null;
        if (!done && error == null) {
            error = Attempt.error(UpstreamFailure.BROKEN);
        }
        proceed();
    }

    void broken(UpstreamFailure failure) {
        error = Attempt.error(failure);
        proceed();
    }

    void close() {
        answer.close();
        cancelStallTimer();
    }

    private void event(byte[] data) {
        if (done || error != null) {
            return;
        }
        if (Arrays.equals(data, DONE)) {
            done = true;
            return;
        }
        var facts = ChunkFacts.scan(data, call.ledger.said);
        if (facts.error()) {
            error = UpstreamErrors.of(502, data, provider);
            return;
        }
        finishSeen |= facts.finished();
        if (facts.content()) {
            call.ledger.contentCame();
        }
        if (facts.usage() != null) {
            call.ledger.reported(facts.usage());
            if (facts.choices() == 0 && call.chat.usageInjected()) {
                return;
            }
        }
        append(data);
    }

    /** Data lines of one event, as they came. */
    private void append(byte[] data) {
        int from = 0;
        for (int i = 0; i <= data.length; i++) {
            if (i == data.length || data[i] == '\n') {
                out.appendString("data: ").appendBytes(data, from, i - from).appendByte((byte) '\n');
                from = i + 1;
            }
        }
        out.appendByte((byte) '\n');
    }

    private void proceed() {
        boolean flowing = true;
        if (out.length() > 0) {
            flowing = answer.write(out);
            out = Buffer.buffer();
        }
        var failure = error;
        if (done) {
            call.complete(200, () -> answer.end(Buffer.buffer(DONE_EVENT)));
            cancelStallTimer();
        } else if (failure != null) {
            upstream.cancel();
            cancelStallTimer();
            breakOff(failure);
        } else if (!flowing) {
            hold();
        }
    }

    private void breakOff(ApiError failure) {
        if (answer.began()) {
            call.breakOff(failure, () -> answer.end(Buffer.buffer("data: " + failure.toJson() + "\n\n" + DONE_EVENT)));
        } else {
            answer.close();
            call.fail(failure);
        }
    }

    /** The client is slower than the provider: the provider waits, within a bound. */
    private void hold() {
        upstream.pause();
        if (stallTimer < 0) {
            stallTimer = call.services
                    .vertx()
                    .setTimer(call.services.settings().clientStall().toMillis(), fired -> {
                        stallTimer = -1;
                        call.request.connection().close();
                    });
        }
        answer.onDrain(() -> {
            cancelStallTimer();
            upstream.resume();
        });
    }

    private void cancelStallTimer() {
        if (stallTimer >= 0) {
            call.services.vertx().cancelTimer(stallTimer);
            stallTimer = -1;
        }
    }
}
