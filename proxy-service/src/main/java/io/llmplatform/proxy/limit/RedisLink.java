package io.llmplatform.proxy.limit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipelined connection to Redis, so that commands run in the order they were sent in. A command that fails or is late
 * takes the link down; from then on it tries by itself to come back. Everything happens on one event loop.
 */
final class RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 250;
    private static final int MAX_IN_FLIGHT = 16_384;

    /** Settlements kept for when the link is up again; without theirs, reservations end with their lease. */
    private static final int MAX_OWED = 16_384;

    /** Of those, as many at a time as are answered well within the deadline. */
    private static final int OWED_AT_A_TIME = 64;

    private final Vertx vertx;
    private final RedisSettings settings;
    private final Consumer<Boolean> listener;
    private final Context context;
    private final Queue<Supplier<ScriptCall>> owed = new ArrayDeque<>();
    private volatile @Nullable Up up;
    private boolean away;
    private boolean closed;

    /** @param listener told on every change: whether counters are shared now */
    RedisLink(Vertx vertx, RedisSettings settings, Consumer<Boolean> listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.listener = listener;
        this.context = vertx.getOrCreateContext();
    }

    private record Up(Redis client, RedisConnection connection, Map<RedisScript, String> hashes) {
        Future<Response> send(ScriptCall call) {
            var request = Request.cmd(Command.EVALSHA)
                    .arg(hashes.getOrDefault(call.script(), ""))
                    .arg(call.keys().size());
            call.keys().forEach(request::arg);
            call.args().forEach(request::arg);
            return connection.send(request);
        }
    }

    void start() {
        context.runOnContext(ignored -> connect());
    }

    boolean isUp() {
        return up != null;
    }

    /** Fails at once while the link is down, and within the deadline otherwise. */
    Future<Response> call(ScriptCall call) {
        var link = up;
        if (link == null) {
            return Future.failedFuture("redis is away");
        }
        var answer = Promise.<Response>promise();
        context.runOnContext(ignored -> send(link, call).onComplete(answer));
        return answer.future();
    }

    /** Now, or else when the link is up again, until there is an answer. To be something that may run twice. */
    void owe(Supplier<ScriptCall> call) {
        context.runOnContext(ignored -> {
            var link = up;
            if (link == null) {
                keep(call);
            } else {
                var unused = send(link, call.get()).onFailure(failure -> keep(call));
            }
        });
    }

    private void payOwed(Up link) {
        if (up != link || owed.isEmpty()) {
            return;
        }
        var sent = new ArrayList<Future<Response>>();
        while (sent.size() < OWED_AT_A_TIME && !owed.isEmpty()) {
            var call = owed.remove();
            sent.add(send(link, call.get()).onFailure(failure -> {
                if (!isRefusal(failure)) {
                    keep(call);
                }
            }));
        }
        var unused = Future.join(sent).onComplete(ignored -> payOwed(link));
    }

    /** Redis has answered, and would say the same every time. The client's own word for a lost connection looks alike. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Response answer
                && answer.type() == ResponseType.ERROR
                && !"CONNECTION_CLOSED".equals(failure.getMessage());
    }

    private void keep(Supplier<ScriptCall> call) {
        if (owed.size() < MAX_OWED) {
            owed.add(call);
        }
    }

    private Future<Response> send(Up link, ScriptCall call) {
        return link.send(call)
                .timeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> down(link, failure));
    }

    private void connect() {
        if (closed) {
            return;
        }
        var client = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(settings.url())
                        .setMaxWaitingHandlers(MAX_IN_FLIGHT)
                        .setNetClientOptions(new NetClientOptions().setConnectTimeout((int) CONNECT.toMillis())));
        var unused = client.connect()
                .compose(connection -> open(client, connection))
                .timeout(2 * CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(this::up)
                .onFailure(failure -> {
                    if (!away) {
                        away = true;
                        LOG.warn("redis cannot be used, limits hold per gateway until it can: {}", failure.toString());
                    }
                    client.close();
                    vertx.setTimer(RETRY_MILLIS, ignored -> connect());
                });
    }

    private Future<Up> open(Redis client, RedisConnection connection) {
        var hashes = new EnumMap<RedisScript, String>(RedisScript.class);
        Future<Void> loaded = Future.succeededFuture();
        for (var script : RedisScript.values()) {
            loaded = loaded.compose(done -> connection
                    .send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text()))
                    .map(hash -> {
                        hashes.put(script, hash.toString());
                        return null;
                    }));
        }
        // Connecting may take its time; from then on the deadline holds.
        return loaded.compose(done -> connection
                .send(Request.cmd(Command.PING))
                .timeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .map(pong -> new Up(client, connection, hashes)));
    }

    private void up(Up link) {
        if (closed) {
            link.client().close();
            return;
        }
        link.connection().exceptionHandler(failure -> down(link, failure));
        link.connection().endHandler(ended -> down(link, new IllegalStateException("connection closed")));
        up = link;
        away = false;
        LOG.info("redis: limits are shared between gateways");
        payOwed(link);
        listener.accept(true);
    }

    private void down(Up link, Throwable why) {
        if (up != link) {
            return;
        }
        up = null;
        away = true;
        LOG.warn("redis is away, limits hold per gateway until it is back: {}", why.toString());
        link.client().close();
        listener.accept(false);
        vertx.setTimer(RETRY_MILLIS, ignored -> connect());
    }

    Future<Void> close() {
        var done = Promise.<Void>promise();
        context.runOnContext(ignored -> {
            closed = true;
            var link = up;
            up = null;
            if (link == null) {
                done.complete();
            } else {
                link.client().close().onComplete(done);
            }
        });
        return done.future();
    }
}
