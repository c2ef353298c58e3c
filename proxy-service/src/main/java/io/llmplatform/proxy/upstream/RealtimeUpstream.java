package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.route.Target;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Opens realtime sockets at providers. Belongs to one event loop. */
public final class RealtimeUpstream {
    public static final int MAX_FRAME_BYTES = 1 << 20;
    public static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final Providers providers;
    private final Predicate<InetAddress> allowed;
    private final WebSocketClient client;
    private final Vertx vertx;
    private final UpstreamSettings settings;

    /** @param allowed whether a provider may live at an address */
    public RealtimeUpstream(
            Vertx vertx, UpstreamSettings settings, Providers providers, Predicate<InetAddress> allowed) {
        this.providers = providers;
        this.allowed = allowed;
        this.vertx = vertx;
        this.settings = settings;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                // Their number is bounded by that of the gateway's requests.
                .setMaxConnections(Integer.MAX_VALUE)
                .setConnectTimeout((int) settings.connect().toMillis())
                .setMaxFrameSize(MAX_FRAME_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES));
    }

    /**
     * Without a subprotocol: credentials go in headers, and not every server knows one.
     *
     * @param headers of the client that travel on
     */
    public Future<WebSocket> connect(Target target, MultiMap headers) {
        if (!(providers.of(target.provider().type()).orElse(null) instanceof HttpProvider provider)) {
            return Future.failedFuture("no HTTP provider");
        }
        var to = provider.outgoing(target.provider(), target.upstreamModel(), Operation.REALTIME, true);
        var model = "model=" + URLEncoder.encode(target.upstreamModel(), StandardCharsets.UTF_8);
        var uri = to.uri().contains("model=") || to.uri().contains("deployment=")
                ? to.uri()
                : to.uri() + (to.uri().indexOf('?') < 0 ? '?' : '&') + model;
        var options = new WebSocketConnectOptions()
                .setHost(to.base().host())
                .setPort(to.base().port())
                .setSsl(to.base().tls())
                .setURI(uri);
        headers.forEach(options::addHeader);
        to.headers().forEach(options::putHeader);
        return checked(to.base().host())
                .compose(address -> client.connect(options.setServer(SocketAddress.inetSocketAddress(
                        new InetSocketAddress(address, to.base().port())))))
                .timeout(settings.firstByte().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The one address that is connected to: the handshake carries credentials and leaves with the connection. */
    private Future<InetAddress> checked(String host) {
        return vertx.executeBlocking(() -> InetAddress.getByName(host), false)
                .compose(address -> allowed.test(address)
                        ? Future.succeededFuture(address)
                        : Future.failedFuture(new HttpUpstream.ForbiddenAddressException()));
    }
}
