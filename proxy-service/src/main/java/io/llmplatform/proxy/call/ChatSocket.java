package io.llmplatform.proxy.call;

import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.BadRequestException;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.api.RequestScan;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.auth.KeyRules;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.llmplatform.proxy.wire.Departure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A socket over which questions come one behind the other. A key that is revoked meanwhile is refused with the next
 * question, since each is authenticated like a request of its own.
 */
final class ChatSocket {
    /** A client that goes on asking before it is answered does not listen. */
    private static final int MAX_PREMATURE = 16;

    private static final short POLICY = 1008;

    private final CallServices services;
    private final Intake intake;
    private final ServerWebSocket socket;
    private final MultiMap headers;
    private final Arrival opened;
    private final Caller opener;
    private @Nullable Departure underWay;
    private int premature;

    ChatSocket(
            CallServices services,
            Intake intake,
            ServerWebSocket socket,
            MultiMap headers,
            Arrival opened,
            Caller opener) {
        this.services = services;
        this.intake = intake;
        this.socket = socket;
        this.headers = headers;
        this.opened = opened;
        this.opener = opener;
    }

    void open() {
        socket.textMessageHandler(this::asked);
        socket.binaryMessageHandler(bytes -> asked(bytes.toString(StandardCharsets.UTF_8)));
        socket.exceptionHandler(e -> socket.close());
        socket.closeHandler(closed -> {
            if (underWay != null) {
                underWay.over();
            }
            opened.departure().over();
        });
    }

    private void asked(String body) {
        var departure = new Departure();
        var arrival = new Arrival(
                services.ids().next(io.llmplatform.contracts.id.Ids.Kind.REQUEST),
                services.clock().instant(),
                System.nanoTime(),
                opened.ip(),
                opened.userAgent(),
                opened.trace(),
                departure);
        var client = new SocketClientSide(socket, headers, arrival);
        var ledger = services.ledger(arrival, opener, Operation.CHAT);
        if (underWay != null) {
            if (++premature > MAX_PREMATURE) {
                socket.close(POLICY, "one question at a time");
                return;
            }
            Refusals.reject(services, client, ledger, ApiError.invalid(null, "The last question is not answered yet."));
            return;
        }
        underWay = departure;
        departure.then(() -> underWay = null);
        if (!services.inFlight().tryEnter()) {
            services.meters().shed();
            Refusals.overloaded(client);
            return;
        }
        departure.then(services.inFlight()::leave);
        services.authenticator()
                .authenticate(Sockets.withKeyOfProtocol(headers), services.vertx())
                .onComplete(
                        result -> {
                            if (result instanceof Accepted(Caller caller)) {
                                var refusal = KeyRules.check(caller, Operation.CHAT.wire(), opened.ip());
                                if (refusal == null) {
                                    take(client, arrival, caller, body);
                                } else {
                                    Refusals.reject(services, client, ledger, refusal);
                                }
                            } else {
                                Refusals.reject(
                                        services,
                                        client,
                                        ledger,
                                        ApiError.invalidApiKey("This API key is no longer valid."));
                            }
                        },
                        e -> client.error(ApiError.internal()));
    }

    private void take(SocketClientSide client, Arrival arrival, Caller caller, String body) {
        var ledger = services.ledger(arrival, caller, Operation.CHAT);
        var share = services.bodies().share();
        arrival.departure().then(share::end);
        if (!share.grow(body.length())) {
            services.meters().shed();
            Refusals.reject(services, client, ledger, Refusals.noRoom());
            return;
        }
        ApiRequest asked;
        try {
            asked = RequestScan.scan(Operation.CHAT, body.getBytes(StandardCharsets.UTF_8));
        } catch (BadRequestException e) {
            Refusals.reject(services, client, ledger, e.error());
            return;
        }
        intake.take(client, ledger, asked);
    }
}
