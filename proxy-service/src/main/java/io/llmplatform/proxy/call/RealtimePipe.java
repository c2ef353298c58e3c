package io.llmplatform.proxy.call;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.Meter;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.auth.KeyRules;
import io.llmplatform.proxy.limit.Reservation;
import io.llmplatform.proxy.route.Failure;
import io.llmplatform.proxy.route.Lease;
import io.llmplatform.proxy.usage.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two sockets joined, each held back by the other's pace; counts what the provider's {@code response.done} events report. */
final class RealtimePipe {
    private static final String DONE = "response.done";
    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;
    private static final short BAD_GATEWAY = 1014;
    private static final short POLICY = 1008;
    private static final Set<Short> SOUND = Set.of(NORMAL, GOING_AWAY);
    private static final Set<Short> FAULTS = Set.of((short) 1006, (short) 1011, (short) 1012, (short) 1013);
    private static final Duration WATCH = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(RealtimePipe.class);

    private final CallServices services;
    private final CallLedger ledger;
    private final MultiMap headers;
    private final ServerWebSocket client;
    private final WebSocket upstream;
    private final Lease lease;
    private final Reservation reservation;
    private Tokens used = Tokens.NONE;
    private long watch = -1;
    private boolean over;

    RealtimePipe(
            CallServices services,
            CallLedger ledger,
            MultiMap headers,
            ServerWebSocket client,
            WebSocket upstream,
            Lease lease,
            Reservation reservation) {
        this.services = services;
        this.ledger = ledger;
        this.headers = headers;
        this.client = client;
        this.upstream = upstream;
        this.lease = lease;
        this.reservation = reservation;
    }

    void run() {
        try {
            client.closeHandler(closed -> end(true));
            upstream.closeHandler(closed -> end(false));
            join();
        } catch (RuntimeException e) {
            LOG.debug("a side of the session has closed already: {}", e.toString());
            end(client.isClosed());
            return;
        }
        watch = services.vertx().setPeriodic(WATCH.toMillis(), tick -> watch());
        upstream.resume();
    }

    private void join() {
        client.exceptionHandler(e -> client.close());
        upstream.exceptionHandler(e -> upstream.close());
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
    }

    /** A session ends with its time, for its start pins the journal, and with its key. */
    private void watch() {
        if (ledger.arrival().elapsedMillis() > services.settings().total().toMillis()) {
            client.close(GOING_AWAY, "the session has lasted as long as it may");
            return;
        }
        services.authenticator()
                .authenticate(Sockets.withKeyOfProtocol(headers), services.vertx())
                .onSuccess(result -> {
                    var ip = ledger.arrival().ip();
                    boolean allowed = result instanceof Accepted(Caller caller)
                            && KeyRules.check(caller, Operation.REALTIME.wire(), ip) == null;
                    if (!allowed) {
                        client.close(POLICY, "the key is no longer valid");
                    }
                });
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
                    false,
                    used.kinds().plus(usage.kinds()));
        }
    }

    /** A session is meant to be left by its client: that is no abortion. */
    private void end(boolean byClient) {
        if (over) {
            return;
        }
        over = true;
        services.vertx().cancelTimer(watch);
        Short code = byClient ? client.closeStatusCode() : upstream.closeStatusCode();
        boolean broken = !byClient && (code == null || !SOUND.contains(code));
        // Other codes may be about what the client sent.
        boolean fault = !byClient && (code == null || FAULTS.contains(code));
        ledger.reported(used);
        ledger.attempted(broken ? "broken" : "ok");
        lease.used(used.prompt() + used.completion());
        if (fault) {
            lease.failed(Failure.of(Failure.Kind.BROKEN));
        } else if (broken) {
            lease.released();
        } else {
            lease.succeeded();
        }
        ledger.price(services.config().current(), lease.target().model());
        var record = ledger.record(
                broken ? Outcome.FAILED : Outcome.COMPLETED, 101, broken ? "upstream_broken" : null, used);
        reservation.settle(used.prompt() + used.completion(), record.cost());
        Outcomes.write(services, services.vertx().getOrCreateContext(), ledger, record, refusal -> {});
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
