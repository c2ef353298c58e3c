package io.llmplatform.proxy;

import io.llmplatform.proxy.call.CallServices;
import io.llmplatform.proxy.call.Sockets;
import io.llmplatform.proxy.console.ConsoleSite;
import io.llmplatform.proxy.frontdoor.FrontDoor;
import io.llmplatform.proxy.journal.JournalLane;
import io.llmplatform.proxy.time.TimerWheel;
import io.llmplatform.proxy.upstream.HttpUpstream;
import io.llmplatform.proxy.upstream.RealtimeUpstream;
import io.llmplatform.proxy.upstream.Upstream;
import io.llmplatform.proxy.upstream.mock.MockUpstream;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs on one event loop: its own servers, clients and handlers, sharing only what is thread-safe. */
final class GatewayLoop extends VerticleBase {
    /** Longer than a provider may be silent: an answer that is not streamed leaves its connection idle so long. */
    private static final int IDLE_SECONDS = 600;

    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

    private final GatewayParts parts;
    private final @Nullable ConsoleSite console;
    private final List<HttpServer> servers = new ArrayList<>();

    GatewayLoop(GatewayParts parts, @Nullable ConsoleSite console) {
        this.parts = parts;
        this.console = console;
    }

    @Override
    public Future<?> start() {
        var settings = parts.settings();
        var timers = new TimerWheel(vertx);
        var http = new HttpUpstream(vertx, timers, settings.upstream(), parts.providers(), parts.guard()::allows);
        var door = new FrontDoor(
                settings.frontDoor(),
                services(http, timers),
                parts.docs(),
                parts.health(),
                parts.access(),
                parts.ids(),
                parts.random());
        var gateway = listen(settings.port(), door::handle);
        var site = console;
        return site == null
                ? gateway
                : Future.all(gateway, listen(settings.consolePort(), request -> door.handle(request, site)));
    }

    private CallServices services(HttpUpstream http, TimerWheel timers) {
        var mock = new MockUpstream(
                vertx, parts.clock(), parts.random(), parts.settings().upstream());
        return new CallServices(
                vertx,
                timers,
                parts.live(),
                parts.authenticator(),
                parts.router(),
                parts.retries(),
                parts.inFlight(),
                parts.limiter(),
                parts.cache(),
                parts.responses(),
                parts.providers(),
                target -> target.provider().type().equals("mock") ? mock : (Upstream) http,
                http,
                new RealtimeUpstream(vertx, parts.settings().upstream(), parts.providers(), parts.guard()::allows),
                new JournalLane(parts.journal(), task -> context.runOnContext(turn -> task.run())),
                parts.meters(),
                parts.bodies(),
                parts.tokens(),
                parts.settings().call(),
                parts.ids(),
                parts.random(),
                parts.clock());
    }

    private Future<HttpServer> listen(int port, Handler<HttpServerRequest> handler) {
        var server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(parts.settings().host())
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxWebSocketFrameSize(RealtimeUpstream.MAX_FRAME_BYTES)
                .setMaxWebSocketMessageSize(RealtimeUpstream.MAX_MESSAGE_BYTES)
                .addWebSocketSubProtocol(Sockets.SUBPROTOCOL)
                .setHandle100ContinueAutomatically(true)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true)
                .setAcceptBacklog(1024));
        servers.add(server);
        return server.requestHandler(handler)
                .invalidRequestHandler(GatewayLoop::invalid)
                .listen();
    }

    private static void invalid(HttpServerRequest request) {
        request.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end(ApiError.invalid(null, "The HTTP request cannot be read.").toJson())
                .onComplete(sent -> request.connection().close());
    }

    int port() {
        return servers.getFirst().actualPort();
    }

    int consolePort() {
        return servers.size() < 2 ? -1 : servers.get(1).actualPort();
    }

    /** No new connections; requests under way may end within the given time. */
    Future<?> drain(Duration within) {
        return Future.join(
                servers.stream().map(server -> server.shutdown(within)).toList());
    }
}
