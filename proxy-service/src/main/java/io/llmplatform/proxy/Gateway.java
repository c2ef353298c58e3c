package io.llmplatform.proxy;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.chat.BodyBudget;
import io.llmplatform.proxy.config.ConfigFollower;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.console.ConsoleSite;
import io.llmplatform.proxy.feed.UsageFeed;
import io.llmplatform.proxy.frontdoor.DocsSite;
import io.llmplatform.proxy.frontdoor.Health;
import io.llmplatform.proxy.journal.Journal;
import io.llmplatform.proxy.route.DeploymentChooser;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts and ends the gateway in order: what it knows, then its doors; at the end the doors first, the journal last, so
 * that every answer given is on record.
 */
@Component
class Gateway implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(20);

    private final Parts parts;
    private final ConfigFollower follower;
    private final UsageFeed feed;
    private final List<GatewayLoop> loops = new CopyOnWriteArrayList<>();
    private @Nullable Vertx vertx;
    private volatile boolean running;

    /** What every event loop shares. */
    @Component
    record Parts(
            GatewaySettings settings,
            LiveConfig live,
            Authenticator authenticator,
            DeploymentChooser chooser,
            Journal journal,
            GatewayMeters meters,
            BodyBudget bodies,
            DocsSite docs,
            Health health,
            Ids ids,
            Clock clock) {}

    Gateway(Parts parts, ConfigFollower follower, UsageFeed feed) {
        this.parts = parts;
        this.follower = follower;
        this.feed = feed;
    }

    @Override
    public void start() {
        follower.start();
        feed.start();
        var started = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(cores())
                .setWorkerPoolSize(4)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        vertx = started;
        var console = console();
        await(
                started.deployVerticle(
                        () -> {
                            var loop = new GatewayLoop(parts, console);
                            loops.add(loop);
                            return loop;
                        },
                        new DeploymentOptions().setInstances(loops())),
                START_WITHIN);
        running = true;
        LOG.info(
                "gateway listens on {}:{}{}",
                parts.settings().host(),
                port(),
                console == null ? "" : ", console on port " + consolePort());
    }

    private @Nullable ConsoleSite console() {
        var directory = parts.settings().consoleDirectory();
        try {
            return directory == null ? null : ConsoleSite.load(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("CONSOLE_DIR cannot be read: " + directory, e);
        }
    }

    /** The port it really listens on. */
    int port() {
        return loops.getFirst().port();
    }

    int consolePort() {
        return loops.getFirst().consolePort();
    }

    @Override
    public void stop() {
        running = false;
        var started = vertx;
        try {
            if (started != null) {
                drain();
                await(started.close(), START_WITHIN);
            }
        } catch (RuntimeException e) {
            LOG.warn("gateway: not all requests ended in time: {}", e.toString());
        }
        try {
            feed.close();
            follower.close();
            parts.journal().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("gateway: closing the journal failed", e);
        }
    }

    private void drain() {
        await(Future.join(loops.stream().map(loop -> loop.drain(DRAIN_WITHIN)).toList()), DRAIN_WITHIN.plusSeconds(5));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Loops share a port only when it is a given one: with port 0 each would get its own. */
    private int loops() {
        var settings = parts.settings();
        boolean anyPort = settings.port() == 0 || (settings.consoleDirectory() != null && settings.consolePort() == 0);
        return anyPort ? 1 : cores();
    }

    private static int cores() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    private static void await(Future<?> future, Duration within) {
        try {
            future.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done within " + within, e);
        }
    }
}
