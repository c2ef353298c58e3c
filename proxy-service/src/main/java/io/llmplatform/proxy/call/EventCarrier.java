package io.llmplatform.proxy.call;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.StreamForm;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.stream.SseSplitter;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.JsonBytes;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries a stream's events, byte for byte where nothing is translated, taking from each what the bill needs. The last
 * event waits until the outcome is on record; a break is told as one, never a made-up stop.
 */
final class EventCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(EventCarrier.class);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final Call call;
    private final ProviderConfig provider;
    private final UpstreamCall upstream;
    private final @Nullable Exchange exchange;
    private final StreamForm form;
    private final SseSplitter splitter;
    private final Flow flow;
    private @Nullable SseEvent last;
    private boolean opened;
    private boolean pending;
    private boolean done;
    private boolean finishSeen;
    private @Nullable ApiError error;
    private @Nullable String failure;
    private boolean fault = true;

    EventCarrier(Call call, ProviderConfig provider, UpstreamCall upstream, @Nullable Exchange exchange) {
        this.call = call;
        this.provider = provider;
        this.upstream = upstream;
        this.exchange = exchange;
        this.form = StreamForm.of(call.asked.operation(), call.requestId());
        var settings = call.services.settings();
        this.splitter = new SseSplitter(settings.maxEventBytes(), this::came);
        this.flow = new Flow(call.services.vertx(), settings, call.client, upstream);
        flow.keepAlive(form, this::open);
    }

    @Override
    public void data(Buffer chunk) {
        try {
            splitter.feed(chunk.getBytes());
        } catch (SseSplitter.EventTooLongException e) {
            error = ApiError.upstream(502, "upstream_event_too_long", "The provider sent an event that is too long.");
        }
        proceed();
    }

    @Override
    public void end() {
        splitter.end();
        if (exchange != null && error == null && !done) {
            translate(translation -> translation.end(this::translated));
        }
        // Some providers leave the end mark out: a finish reason says as much.
        done |= finishSeen && error == null;
        if (!done && error == null) {
            error = Attempt.error(UpstreamFailure.BROKEN);
        }
        proceed();
    }

    @Override
    public boolean broken(UpstreamFailure failure) {
        if (!call.client.began()) {
            return false;
        }
        error = Attempt.error(failure);
        proceed();
        return true;
    }

    @Override
    public void giveUp(ApiError why) {
        error = why;
        fault = false;
        proceed();
    }

    @Override
    public void close() {
        flow.close();
    }

    private void came(SseEvent event) {
        if (done || error != null) {
            return;
        }
        if (Arrays.equals(event.data(), DONE)) {
            if (exchange != null) {
                translate(translation -> translation.end(this::translated));
            }
            done = error == null && (exchange == null || finishSeen);
        } else if (exchange == null) {
            pass(event);
        } else {
            came(exchange, event.data());
        }
    }

    private void came(Exchange translation, byte[] data) {
        ObjectNode tree;
        try {
            if (!(ContractJson.mapper().readTree(data) instanceof ObjectNode object)) {
                return;
            }
            tree = object;
        } catch (JacksonException e) {
            error = Attempt.invalid("The provider sent an event that is not JSON.");
            return;
        }
        if (tree.path("error").isObject() || tree.path("type").asString("").equals("error")) {
            explained(data);
            return;
        }
        translate(open -> translation.event(tree, this::translated));
    }

    private void explained(byte[] data) {
        error = UpstreamErrors.of(502, data, provider);
        fault = false;
    }

    /** A provider that does not keep to its API must not end in an exception of ours. */
    private void translate(java.util.function.Consumer<Exchange> step) {
        try {
            step.accept(java.util.Objects.requireNonNull(exchange));
        } catch (RuntimeException e) {
            LOG.warn("{}: an event could not be translated: {}", call.requestId(), e.toString());
            error = Attempt.invalid("The provider sent an event that its API does not have.");
        }
    }

    private void translated(ObjectNode event) {
        var name = form.named() ? event.path("type").asString(null) : null;
        pass(new SseEvent(name, JsonBytes.of(event.toString())));
    }

    private void pass(SseEvent event) {
        if (done || error != null) {
            return;
        }
        var facts = call.meter.read(event.data());
        if (facts.error()) {
            explained(event.data());
            return;
        }
        finishSeen |= facts.finished();
        if (facts.content()) {
            call.ledger.contentCame();
        }
        failure = facts.failure();
        call.recording(event);
        if (facts.usageOnly() && call.asked.usageInjected()) {
            return;
        }
        form.passed(event);
        if (facts.last()) {
            last = event;
            done = true;
        } else {
            open();
            call.client.event(event);
            pending = true;
        }
    }

    private void open() {
        if (!opened) {
            opened = true;
            call.describe();
            call.client.openEvents();
        }
    }

    private void proceed() {
        if (pending) {
            pending = false;
            flow.flush();
        }
        var broken = error;
        if (done) {
            flow.close();
            open();
            if (failure == null) {
                call.complete(this::finish);
            } else {
                call.providerFailed(failure, this::finish);
            }
        } else if (broken != null) {
            upstream.cancel();
            flow.close();
            if (call.client.began()) {
                call.breakOff(broken, fault, () -> {
                    form.broken(broken).forEach(call.client::event);
                    call.client.end();
                });
            } else {
                call.failed(broken);
            }
        }
    }

    private void finish() {
        if (last != null) {
            call.client.event(last);
        }
        var mark = form.endMark();
        if (mark != null) {
            call.client.event(mark);
        }
        call.client.end();
    }
}
