package io.llmplatform.proxy.call;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.AuthResult.Refused;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.auth.KeyRules;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who asks, and whether that may be. A refusal is recorded where it is known whose credential it was. */
final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final CallServices services;

    Entrance(CallServices services) {
        this.services = services;
    }

    /** @param headers with the credential; not always those of the client's side */
    void admit(MultiMap headers, ClientSide client, Arrival arrival, Operation operation, Consumer<CallLedger> then) {
        services.authenticator()
                .authenticate(headers, services.vertx())
                .onComplete(
                        result -> {
                            switch (result) {
                                case Accepted(Caller caller) ->
                                    accepted(client, services.ledger(arrival, caller, operation), then);
                                case Refused refused -> refuse(client, arrival, operation, refused);
                            }
                        },
                        e -> {
                            LOG.error("{}: authentication failed", arrival.requestId(), e);
                            client.error(ApiError.internal());
                        });
    }

    private void accepted(ClientSide client, CallLedger ledger, Consumer<CallLedger> then) {
        var refusal = KeyRules.check(
                ledger.caller(), ledger.operation().wire(), ledger.arrival().ip());
        if (refusal == null) {
            then.accept(ledger);
        } else {
            Refusals.reject(services, client, ledger, refusal);
        }
    }

    private void refuse(ClientSide client, Arrival arrival, Operation operation, Refused refused) {
        var error = ApiError.invalidApiKey(refused.reason().message());
        var identified = refused.identified();
        if (identified == null) {
            services.meters().unauthenticated(refused.reason().name().toLowerCase(Locale.ROOT));
            client.error(error);
        } else {
            Refusals.reject(services, client, services.ledger(arrival, identified, operation), error);
        }
    }
}
