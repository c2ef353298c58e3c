package io.llmplatform.proxy.chat;

import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.stream.ChunkFacts;
import io.llmplatform.proxy.upstream.Upstream;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One upstream call on behalf of a request: tells a stream from a whole answer from an error. */
final class Attempt implements UpstreamListener {
    private final ChatCall call;
    private final Target target;
    private final Buffer body = Buffer.buffer();
    private @Nullable UpstreamCall upstream;
    private @Nullable StreamPump pump;
    private int status;

    Attempt(ChatCall call, Target target) {
        this.call = call;
        this.target = target;
    }

    void begin(Upstream through, UpstreamRequest request) {
        upstream = through.call(target, request, this);
    }

    void cancel() {
        if (upstream != null) {
            upstream.cancel();
        }
        close();
    }

    /** Ends the clocks of the client's side. */
    void close() {
        if (pump != null) {
            pump.close();
        }
    }

    @Override
    public void head(int statusCode, MultiMap headers) {
        status = statusCode;
        if (statusCode >= 500) {
            call.services.meters().upstreamFailed("status_5xx");
            if (call.failOver()) {
                cancel();
                return;
            }
        }
        if (statusCode == 200 && call.chat.stream() && isEventStream(headers) && upstream != null) {
            pump = new StreamPump(call, target.provider(), upstream);
        } else {
            limits(headers);
        }
    }

    /** What tells a client when to come again. */
    private void limits(MultiMap headers) {
        var out = call.request.response().headers();
        for (var header : headers) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("retry-after")
                    || name.equals("retry-after-ms")
                    || name.equals("x-should-retry")
                    || name.startsWith("x-ratelimit-")) {
                out.set(name, header.getValue());
            }
        }
    }

    @Override
    public void data(Buffer chunk) {
        if (call.over()) {
            return;
        }
        if (pump != null) {
            pump.data(chunk);
        } else if ((long) body.length() + chunk.length()
                > call.services.settings().maxResponseBytes()) {
            cancel();
            call.fail(ApiError.upstream(502, "upstream_response_too_large", "The provider's answer is too large."));
        } else {
            body.appendBuffer(chunk);
        }
    }

    @Override
    public void end() {
        if (call.over()) {
            return;
        }
        if (pump != null) {
            pump.end();
        } else if (status >= 200 && status < 300) {
            whole();
        } else {
            call.fail(
                    status >= 400
                            ? UpstreamErrors.of(status, body.getBytes(), target.provider())
                            : ApiError.upstream(
                                    502, "upstream_invalid_response", "The provider answered with a redirect."));
        }
    }

    private void whole() {
        var facts = ChunkFacts.scan(body.getBytes(), call.ledger.said);
        if (!facts.json()) {
            call.fail(
                    ApiError.upstream(502, "upstream_invalid_response", "The provider's answer is not a JSON object."));
            return;
        }
        if (facts.error()) {
            call.fail(UpstreamErrors.of(502, body.getBytes(), target.provider()));
            return;
        }
        if (facts.usage() != null) {
            call.ledger.reported(facts.usage());
        }
        call.complete(200, () -> {
            call.describe();
            var response = call.request.response();
            response.putHeader(
                    "x-platform-cost",
                    call.ledger.cost(call.ledger.tokens()).amount().toPlainString());
            response.setStatusCode(200);
            Answers.json(response, body);
        });
    }

    @Override
    public void failed(UpstreamFailure failure) {
        if (call.over()) {
            return;
        }
        call.services.meters().upstreamFailed(failure.name().toLowerCase(Locale.ROOT));
        if (pump != null) {
            pump.broken(failure);
            return;
        }
        if (failure == UpstreamFailure.UNREACHABLE && call.failOver()) {
            return;
        }
        call.fail(error(failure));
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

    private static boolean isEventStream(MultiMap headers) {
        var type = headers.get("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }
}
