package io.llmplatform.proxy.call;

import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.BadRequestException;
import io.llmplatform.proxy.api.FormRequest;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.api.RequestScan;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every operation that is one HTTP request: who asks, whether that may be, and the body. */
public final class DataPlane {
    private static final Logger LOG = LoggerFactory.getLogger(DataPlane.class);

    private final CallServices services;
    private final BodyCollector bodies;
    private final Intake intake;
    private final Entrance entrance;

    public DataPlane(CallServices services) {
        this.services = services;
        this.bodies = new BodyCollector(services.timers(), services.settings().maxBodyBytes());
        this.intake = new Intake(services);
        this.entrance = new Entrance(services);
    }

    public void handle(HttpServerRequest request, Arrival arrival, Operation operation) {
        request.pause();
        var client = new HttpClientSide(services.vertx(), request, arrival, operation.anthropic());
        var starting = Refusals.starting(services, client);
        if (starting != null) {
            client.error(starting);
        } else if (!services.inFlight().tryEnter()) {
            services.meters().shed();
            Refusals.overloaded(client);
        } else {
            arrival.departure().then(services.inFlight()::leave);
            entrance.admit(request.headers(), client, arrival, operation, ledger -> accept(request, client, ledger));
        }
    }

    private void accept(HttpServerRequest request, HttpClientSide client, CallLedger ledger) {
        var operation = ledger.operation();
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        var refusal = wrongType(operation, type);
        if (refusal != null) {
            Refusals.reject(services, client, ledger, refusal);
            return;
        }
        var share = services.bodies().share();
        ledger.arrival().departure().then(share::end);
        bodies.collect(request, share::grow).onComplete(body -> collected(client, ledger, body, type), e -> {
            share.end();
            if (e instanceof BodyCollector.TooLargeException) {
                var error = ApiError.tooLarge(services.settings().maxBodyBytes());
                Refusals.reject(services, client, ledger, error);
            } else if (e instanceof BodyCollector.NoRoomException) {
                services.meters().shed();
                client.header("Retry-After", "1");
                Refusals.reject(services, client, ledger, Refusals.noRoom());
            } else {
                LOG.debug(
                        "{}: the client left while sending its request",
                        ledger.arrival().requestId());
            }
        });
    }

    private static @Nullable ApiError wrongType(Operation operation, @Nullable String type) {
        var given = type == null ? "" : type.toLowerCase(Locale.ROOT);
        if (operation.multipart()) {
            // Image edits may come as JSON too.
            boolean json = operation == Operation.IMAGE_EDITS && given.contains("json");
            return json || given.startsWith("multipart/form-data")
                    ? null
                    : ApiError.unsupportedMediaType("multipart/form-data", given);
        }
        return type == null || given.contains("json") ? null : ApiError.unsupportedMediaType("application/json", given);
    }

    private void collected(HttpClientSide client, CallLedger ledger, Buffer body, @Nullable String contentType) {
        ApiRequest asked;
        try {
            asked = scan(ledger.operation(), body.getBytes(), contentType);
        } catch (BadRequestException e) {
            Refusals.reject(services, client, ledger, e.error());
            return;
        }
        intake.take(client, ledger, asked);
    }

    private static ApiRequest scan(Operation operation, byte[] body, @Nullable String contentType)
            throws BadRequestException {
        return operation.multipart()
                        && contentType != null
                        && !contentType.toLowerCase(Locale.ROOT).contains("json")
                ? FormRequest.scan(operation, body, contentType)
                : RequestScan.scan(operation, body);
    }
}
