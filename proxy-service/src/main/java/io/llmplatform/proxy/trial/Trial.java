package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Meter;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.call.CallServices;
import io.llmplatform.proxy.call.Prepared;
import io.llmplatform.proxy.time.TimerWheel;
import io.llmplatform.proxy.translate.UntranslatableException;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.Arrival;
import io.llmplatform.proxy.wire.JsonBytes;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** One real call, whole, within bounds of time and size. Confined to its event loop. */
final class Trial implements UpstreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

    /** Longer than a person waits, shorter than what stands in front of the gateway does. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MAX_BYTES = 8 << 20;

    private final CallServices services;
    private final TrialSubject subject;
    private final Operation operation;
    private final String requestId;
    private final ApiRequest asked;
    private final Meter meter;
    private final Promise<Answer> promise = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private final long began = System.nanoTime();
    private @Nullable Prepared prepared;
    private @Nullable UpstreamCall upstream;
    private TimerWheel.@Nullable Timer timer;
    private @Nullable Integer status;
    private @Nullable Long firstByteMs;

    Trial(CallServices services, TrialSubject subject, Operation operation, String requestId) {
        this.services = services;
        this.subject = subject;
        this.operation = operation;
        this.requestId = requestId;
        this.asked = TrialBody.request(
                operation, subject.upstreamModel(), subject.provider().type());
        this.meter = Meter.of(operation, new TokenEstimate());
    }

    /**
     * What came back.
     *
     * @param error absent when it was an answer
     */
    record Answer(
            @Nullable Integer status,
            @Nullable Long firstByteMs,
            long totalMs,
            Tokens tokens,
            TrialResult.@Nullable TrialError error) {}

    /** Never fails: what goes wrong is an answer too. */
    Future<Answer> begin(Arrival arrival) {
        var provider = subject.provider();
        if (!provider.usable()) {
            end(error("provider_secret_sealed", "The provider's API key does not open with this key-encryption key."));
            return promise.future();
        }
        if (services.providers().plan(provider.type(), operation).isEmpty()) {
            end(error("unsupported_operation", "A provider of this type cannot do " + operation.wire() + "."));
            return promise.future();
        }
        try {
            var ready = Prepared.of(services.providers(), asked, subject.target(), arrival);
            prepared = ready;
            timer = services.timers().start(LONGEST.toMillis(), () -> failed(UpstreamFailure.FIRST_BYTE_TIMEOUT));
            upstream = services.upstreams()
                    .apply(subject.target())
                    .call(
                            subject.target(),
                            new UpstreamRequest(
                                    requestId,
                                    ready.operation(),
                                    ready.body(),
                                    asked.contentType(),
                                    false,
                                    MultiMap.caseInsensitiveMultiMap()),
                            this);
        } catch (UntranslatableException e) {
            end(error("untranslatable", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("{}: unexpected failure", requestId, e);
            end(error("internal_error", "The gateway failed."));
        }
        return promise.future();
    }

    @Override
    public void head(int statusCode, MultiMap headers) {
        status = statusCode;
        firstByteMs = elapsed();
    }

    @Override
    public void data(Buffer chunk) {
        if (promise.future().isComplete()) {
            return;
        }
        if (body.length() + chunk.length() > MAX_BYTES) {
            end(error("upstream_invalid_response", "The answer is larger than " + MAX_BYTES + " bytes."));
        } else {
            body.appendBuffer(chunk);
        }
    }

    @Override
    public void end() {
        int code = status == null ? 0 : status;
        if (code < 200 || code >= 300) {
            var said = UpstreamErrors.said(code, body.getBytes(), subject.provider());
            end(error(said.codeOrType(), said.message()));
        } else if (operation == Operation.SPEECH) {
            end(body.length() > 0 ? null : error("upstream_invalid_response", "The answer is empty."));
        } else {
            end(wrong());
        }
    }

    /** What is wrong with a whole JSON answer, if anything. */
    private TrialResult.@Nullable TrialError wrong() {
        try {
            var bytes = body.getBytes();
            var exchange = prepared == null ? null : prepared.exchange();
            if (exchange != null) {
                var tree = (ObjectNode) ContractJson.mapper().readTree(bytes);
                bytes = JsonBytes.of(exchange.answer(tree).toString());
            }
            var facts = meter.read(bytes);
            if (facts.error() || facts.failure() != null) {
                var said = UpstreamErrors.said(502, bytes, subject.provider());
                return error(said.codeOrType(), said.message());
            }
            return facts.json() ? null : error("upstream_invalid_response", "The answer is no JSON object.");
        } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
            return error("upstream_invalid_response", "The answer is not what this API promises.");
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        end(
                switch (failure) {
                    case UNREACHABLE ->
                        error(
                                "upstream_unreachable",
                                "The provider cannot be reached: no connection to its address, or none that is allowed.");
                    case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT ->
                        error("upstream_timeout", "The provider did not answer in time.");
                    case BROKEN -> error("upstream_broken", "The provider's answer broke off.");
                });
    }

    private void end(TrialResult.@Nullable TrialError error) {
        TimerWheel.cancel(timer);
        if (upstream != null) {
            upstream.cancel();
        }
        var usage = meter.usage();
        promise.tryComplete(new Answer(status, firstByteMs, elapsed(), usage == null ? Tokens.NONE : usage, error));
    }

    private long elapsed() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static TrialResult.TrialError error(String code, String message) {
        return new TrialResult.TrialError(code, message);
    }
}
