package io.llmplatform.proxy.call;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors of the two WebSockets: who asks is settled before the connection becomes one, in plain HTTP. */
public final class Sockets {
    /** Offered by clients beside the key; a browser refuses a server that accepts none of what it offered. */
    public static final String SUBPROTOCOL = "realtime";

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final String KEY_PROTOCOL = "openai-insecure-api-key.";

    private final CallServices services;
    private final Intake intake;
    private final Entrance entrance;

    public Sockets(CallServices services) {
        this.services = services;
        this.intake = new Intake(services);
        this.entrance = new Entrance(services);
    }

    /** Chat completions as frames: the body of a request in, its chunks out, one question at a time. */
    public void chat(HttpServerRequest request, Arrival arrival) {
        open(request, arrival, Operation.CHAT, ledger -> request.toWebSocket()
                .onSuccess(socket ->
                        new ChatSocket(services, intake, socket, request.headers(), arrival, ledger.caller()).open())
                .onFailure(e -> LOG.debug("{}: no socket came of it: {}", arrival.requestId(), e.toString())));
    }

    /** OpenAI's realtime API, frame by frame. */
    public void realtime(HttpServerRequest request, Arrival arrival) {
        open(request, arrival, Operation.REALTIME, ledger -> {
            if (services.inFlight().tryEnter()) {
                arrival.departure().then(services.inFlight()::leave);
                new RealtimeSession(services, request, ledger).open();
            } else {
                services.meters().shed();
                Refusals.overloaded(new HttpClientSide(services.vertx(), request, arrival, false));
            }
        });
    }

    private void open(HttpServerRequest request, Arrival arrival, Operation operation, Consumer<CallLedger> then) {
        var client = new HttpClientSide(services.vertx(), request, arrival, false);
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            client.header("Upgrade", "websocket");
            client.error(new ApiError(
                    426, "invalid_request_error", "upgrade_required", null, "Expected a WebSocket handshake."));
            return;
        }
        var starting = Refusals.starting(services, client);
        if (starting != null) {
            client.error(starting);
            return;
        }
        request.pause();
        entrance.admit(withKeyOfProtocol(request.headers()), client, arrival, operation, then);
    }

    /** A browser can send no headers with a WebSocket; OpenAI's clients put the key among the protocols there. */
    static MultiMap withKeyOfProtocol(MultiMap headers) {
        var offered = headers.get("Sec-WebSocket-Protocol");
        if (offered == null || headers.contains(HttpHeaders.AUTHORIZATION)) {
            return headers;
        }
        for (var protocol : offered.split(",", 16)) {
            var name = protocol.strip();
            if (name.startsWith(KEY_PROTOCOL)) {
                return HttpHeaders.headers()
                        .add(HttpHeaders.AUTHORIZATION, "Bearer " + name.substring(KEY_PROTOCOL.length()));
            }
        }
        return headers;
    }
}
