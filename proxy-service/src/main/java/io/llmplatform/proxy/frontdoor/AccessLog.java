package io.llmplatform.proxy.frontdoor;

import io.llmplatform.proxy.wire.AccessLine;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per request, in the log named {@code access}. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final int LEFT = 499;

    private AccessLog() {}

    static void follow(HttpServerRequest request, Arrival arrival) {
        if (LOG.isInfoEnabled()) {
            arrival.departure().last(() -> LOG.info(line(request, arrival).format()));
        }
    }

    private static AccessLine line(HttpServerRequest request, Arrival arrival) {
        var response = request.response();
        var record = arrival.departure().record();
        boolean answered = response.ended() || response.getStatusCode() == 101;
        return new AccessLine(
                arrival.requestId(),
                request.method().name(),
                request.path() == null ? "/" : request.path(),
                answered ? response.getStatusCode() : LEFT,
                request.bytesRead(),
                response.bytesWritten(),
                arrival.elapsedMillis(),
                arrival.ip(),
                record == null ? null : record.userId(),
                record == null ? null : record.apiKeyId(),
                record == null ? null : record.model(),
                record == null ? null : record.outcome().wire(),
                arrival.userAgent(),
                arrival.trace().traceId());
    }
}
