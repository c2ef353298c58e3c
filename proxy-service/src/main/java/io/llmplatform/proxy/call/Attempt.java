package io.llmplatform.proxy.call;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.route.Failure;
import io.llmplatform.proxy.route.Lease;
import io.llmplatform.proxy.route.RetryAfter;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.upstream.Upstream;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One upstream call on behalf of a request: tells an answer from an error, and finds the answer its carrier. */
final class Attempt implements UpstreamListener {
    private static final int MAX_ERROR_BYTES = 64 * 1024;

    private final Call call;
    private final Lease lease;
    private final @Nullable Exchange exchange;
    private final Buffer errorBody = Buffer.buffer();
    private @Nullable UpstreamCall upstream;
    private @Nullable Carrier carrier;
    private @Nullable Failure refusal;
    private int status;

    /** @param exchange absent where nothing is translated */
    Attempt(Call call, Lease lease, @Nullable Exchange exchange) {
        this.call = call;
        this.lease = lease;
        this.exchange = exchange;
    }

    void begin(Upstream through, UpstreamRequest request) {
        upstream = through.call(lease.target(), request, this);
    }

    void cancel() {
        if (upstream != null) {
            upstream.cancel();
        }
        close();
    }

    /** Once the client has seen something of it. */
    void breakOff(ApiError why) {
        if (carrier == null) {
            cancel();
            call.failed(why);
            return;
        }
        carrier.giveUp(why);
        cancel();
    }

    /** Ends the clocks of the client's side. */
    void close() {
        if (carrier != null) {
            carrier.close();
        }
    }

    @Override
    public void head(int statusCode, MultiMap headers) {
        status = statusCode;
        if (statusCode >= 200 && statusCode < 300) {
            carrier = carrierFor(headers);
            return;
        }
        call.services.meters().upstreamFailed("status_" + statusCode / 100 + "xx");
        var failure = Failure.status(statusCode, RetryAfter.parse(headers::get, Instant.now()));
        refusal = failure;
        if (call.goesOnAfter(lease, failure)) {
            cancel();
            return;
        }
        whenToComeAgain(headers);
    }

    private Carrier carrierFor(MultiMap headers) {
        var type = headers.get("Content-Type");
        var kind = type == null ? "" : type.toLowerCase(Locale.ROOT);
        var from = java.util.Objects.requireNonNull(upstream);
        var provider = lease.target().provider();
        if (kind.startsWith("text/event-stream")) {
            return new EventCarrier(call, provider, from, exchange);
        }
        boolean bytes = exchange == null
                && !kind.contains("json")
                && (call.asked.operation() == Operation.SPEECH
                        || call.asked.operation().multipart());
        return bytes
                ? new ByteCarrier(call, type == null ? "application/octet-stream" : type, from)
                : new WholeCarrier(call, provider, from, exchange);
    }

    /** What tells a client when to come again, and what it may expect then. */
    private void whenToComeAgain(MultiMap headers) {
        for (var header : headers) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            boolean when = name.equals("retry-after") || name.equals("retry-after-ms") || name.equals("x-should-retry");
            // The provider's limits only where we have none of our own to tell of.
            if (when || (name.startsWith("x-ratelimit-") && !call.client.tells(name))) {
                call.client.header(name, header.getValue());
            }
        }
    }

    @Override
    public void data(Buffer chunk) {
        if (call.over()) {
            return;
        }
        if (carrier != null) {
            lease.firstByte();
            carrier.data(chunk);
        } else if (errorBody.length() + chunk.length() <= MAX_ERROR_BYTES) {
            errorBody.appendBuffer(chunk);
        }
    }

    @Override
    public void end() {
        if (call.over()) {
            return;
        }
        if (carrier != null) {
            carrier.end();
            return;
        }
        call.failed(
                status >= 400
                        ? UpstreamErrors.of(
                                status, errorBody.getBytes(), lease.target().provider())
                        : ApiError.upstream(
                                502, "upstream_invalid_response", "The provider answered with a redirect."));
    }

    @Override
    public void failed(UpstreamFailure failure) {
        if (call.over()) {
            return;
        }
        call.services.meters().upstreamFailed(failure.name().toLowerCase(Locale.ROOT));
        if (carrier != null && carrier.broken(failure)) {
            return;
        }
        close();
        if (refusal != null) {
            // Its error answer broke off: the status said enough.
            call.failed(UpstreamErrors.of(
                    status, errorBody.getBytes(), lease.target().provider()));
        } else if (!call.goesOnAfter(lease, Failure.of(Failure.Kind.valueOf(failure.name())))) {
            call.failed(error(failure));
        }
    }

    static ApiError error(UpstreamFailure failure) {
        return switch (failure) {
            case UNREACHABLE -> ApiError.upstream(502, "upstream_unreachable", "The provider cannot be reached.");
            case FIRST_BYTE_TIMEOUT ->
                ApiError.upstream(504, "upstream_timeout", "The provider did not begin to answer in time.");
            case IDLE_TIMEOUT -> ApiError.upstream(504, "upstream_timeout", "The provider stopped answering.");
            case BROKEN -> ApiError.upstream(502, "upstream_broken", "The provider's answer broke off.");
        };
    }

    static ApiError invalid(String message) {
        return ApiError.upstream(502, "upstream_invalid_response", message);
    }
}
