package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.Meter;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.limit.Reservation;
import io.llmplatform.proxy.route.Failure;
import io.llmplatform.proxy.route.Lease;
import io.llmplatform.proxy.usage.Tokens;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Two sockets joined, each held back by the other's pace; counts what the provider's {@code response.done} events report. */
final class RealtimePipe {
    private static final String DONE = "response.done";
    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;
    private static final short BAD_GATEWAY = 1014;

    private final CallServices services;
    private final CallLedger ledger;
    private final ServerWebSocket client;
    private final WebSocket upstream;
    private final Lease lease;
    private final Reservation reservation;
    private Tokens used = Tokens.NONE;
    private boolean over;

    RealtimePipe(
            CallServices services,
            CallLedger ledger,
            ServerWebSocket client,
            WebSocket upstream,
            Lease lease,
            Reservation reservation) {
        this.services = services;
        this.ledger = ledger;
        this.client = client;
        this.upstream = upstream;
        this.lease = lease;
        this.reservation = reservation;
    }

    void run() {
        client.textMessageHandler(text -> {
            upstream.writeTextMessage(text);
            hold(client, upstream);
        });
        client.binaryMessageHandler(bytes -> {
            upstream.writeBinaryMessage(bytes);
            hold(client, upstream);
        });
        upstream.textMessageHandler(text -> {
            read(text);
            client.writeTextMessage(text);
            hold(upstream, client);
        });
        upstream.binaryMessageHandler(bytes -> {
            client.writeBinaryMessage(bytes);
            hold(upstream, client);
        });
        client.exceptionHandler(e -> client.close());
        upstream.exceptionHandler(e -> upstream.close());
        client.closeHandler(closed -> end(true));
        upstream.closeHandler(closed -> end(false));
        upstream.resume();
    }

    private static void hold(WebSocketBase from, WebSocketBase to) {
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> from.resume());
        }
    }

    private void read(String text) {
        ledger.contentCame();
        if (!text.contains(DONE)) {
            return;
        }
        var meter = Meter.of(Operation.REALTIME, ledger.said);
        meter.read(text.getBytes(StandardCharsets.UTF_8));
        var usage = meter.usage();
        if (usage != null) {
            used = new Tokens(
                    used.prompt() + usage.prompt(),
                    used.completion() + usage.completion(),
                    used.cached() + usage.cached(),
                    used.reasoning() + usage.reasoning(),
                    false);
        }
    }

    /** A session is meant to be left by its client: that is no abortion. */
    private void end(boolean byClient) {
        if (over) {
            return;
        }
        over = true;
        Short code = byClient ? client.closeStatusCode() : upstream.closeStatusCode();
        boolean broken = !byClient && (code == null || (code != NORMAL && code != GOING_AWAY));
        ledger.reported(used);
        ledger.attempted(broken ? "broken" : "ok");
        lease.used(used.prompt() + used.completion());
        if (broken) {
            lease.failed(Failure.of(Failure.Kind.BROKEN));
        } else {
            lease.succeeded();
        }
        var record = ledger.record(
                broken ? Outcome.FAILED : Outcome.COMPLETED, 101, broken ? "upstream_broken" : null, used);
        reservation.settle(used.prompt() + used.completion(), record.cost());
        services.meters().finished(record);
        ledger.arrival().departure().recorded(record);
        services.journal().outcome(record, refusal -> {});
        close(byClient ? upstream : client, byClient ? code : broken ? Short.valueOf(BAD_GATEWAY) : code);
        ledger.arrival().departure().over();
    }

    /** Codes that stand for no close frame must not be sent in one. */
    private static void close(WebSocketBase socket, @Nullable Short code) {
        boolean sendable =
                code != null && code >= NORMAL && code != 1004 && code != 1005 && code != 1006 && code != 1015;
        if (!socket.isClosed()) {
            socket.close(sendable ? code : NORMAL);
        }
    }
}
