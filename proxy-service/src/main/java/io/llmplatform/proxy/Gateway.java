package io.llmplatform.proxy;

import io.llmplatform.contracts.status.GatewayStatus;
import io.llmplatform.proxy.config.ConfigFollower;
import io.llmplatform.proxy.console.ConsoleSite;
import io.llmplatform.proxy.feed.StatusBeacon;
import io.llmplatform.proxy.feed.UsageFeed;
import io.llmplatform.proxy.route.MonotonicClock;
import io.llmplatform.proxy.route.Prober;
import io.llmplatform.proxy.time.TimerWheel;
import io.llmplatform.proxy.upstream.HttpUpstream;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final GatewayParts parts;
    private final Vertx vertx;
    private final ConfigFollower follower;
    private final UsageFeed feed;
    private final StatusBeacon beacon;
    private final List<GatewayLoop> loops = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    Gateway(GatewayParts parts, Vertx vertx, ConfigFollower follower, UsageFeed feed) {
        this.vertx = vertx;
        this.parts = parts;
        this.follower = follower;
        this.feed = feed;
        this.beacon = new StatusBeacon(parts.settings().feed(), this::status);
    }

    @Override
    public void start() {
        follower.start();
        feed.start();
        var console = console();
        await(
                vertx.deployVerticle(
                        () -> {
                            var loop = new GatewayLoop(parts, console);
                            loops.add(loop);
                            return loop;
                        },
                        new DeploymentOptions().setInstances(loops())),
                START_WITHIN);
        lookAfter();
        beacon.start();
        running = true;
        LOG.info(
                "gateway listens on {}:{}{}",
                parts.settings().host(),
                port(),
                console == null ? "" : ", console on port " + consolePort());
    }

    /** What must be done now and then, on one event loop for the whole gateway. */
    private void lookAfter() {
        var http = new HttpUpstream(
                vertx, new TimerWheel(vertx), parts.settings().upstream(), parts.providers(), parts.guard()::allows);
        var prober = new Prober(parts.states(), http::probe, new MonotonicClock(parts.clock()), parts.random());
        vertx.setPeriodic(1_000, tick -> {
            prober.tick(parts.live().current());
            parts.meters().refresh();
        });
        vertx.setPeriodic(
                60_000,
                tick -> parts.responses().sweep().onFailure(e -> LOG.warn("stored responses: {}", e.toString())));
    }

    private GatewayStatus status() {
        var report = parts.health().report();
        return new GatewayStatus(
                parts.settings().call().gateway(),
                parts.clock().instant(),
                report.status(),
                parts.inFlight().current(),
                report.journal().depth(),
                report.config().stalenessSeconds(),
                parts.states().all().stream()
                        .map(one -> new GatewayStatus.Deployment(
                                one.deploymentId(),
                                one.model(),
                                one.providerId(),
                                one.state().wire(),
                                one.inFlight(),
                                one.lastError()))
                        .toList());
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
        try {
            drain();
            await(vertx.close(), START_WITHIN);
        } catch (RuntimeException e) {
            LOG.warn("gateway: not all requests ended in time: {}", e.toString());
        }
        beacon.close();
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

    static int cores() {
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
