package io.llmplatform.proxy.chat;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.auth.AuthResult;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.AuthResult.Refused;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST …/chat/completions}: everything that may refuse a request before an upstream is asked. */
public final class ChatHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatHandler.class);

    private final ChatServices services;
    private final BodyCollector bodies;

    public ChatHandler(ChatServices services) {
        this.services = services;
        this.bodies = new BodyCollector(services.vertx(), services.settings().maxBodyBytes());
    }

    public void handle(HttpServerRequest request, Arrival arrival) {
        request.pause();
        if (!services.config().ready()) {
            var error = ApiError.unavailable("starting", "The gateway is starting; try again in a moment.");
            request.response().putHeader("Retry-After", "1");
            Answers.sendAndClose(services.vertx(), request, error);
            return;
        }
        services.authenticator()
                .authenticate(request.headers(), services.vertx())
                .onComplete(result -> authenticated(request, arrival, result), e -> {
                    LOG.error("{}: authentication failed", arrival.requestId(), e);
                    var error = ApiError.upstream(500, "internal_error", "Internal error.");
                    Answers.sendAndClose(services.vertx(), request, error);
                });
    }

    private void authenticated(HttpServerRequest request, Arrival arrival, AuthResult result) {
        switch (result) {
            case Accepted(Caller caller) -> accept(request, arrival, caller);
            case Refused(var reason, var identified) -> {
                var error = ApiError.invalidApiKey(reason.message());
                if (identified == null) {
                    services.meters().unauthenticated(reason.name().toLowerCase(Locale.ROOT));
                    Answers.sendAndClose(services.vertx(), request, error);
                } else {
                    reject(request, ledger(arrival, identified), error);
                }
            }
        }
    }

    private void accept(HttpServerRequest request, Arrival arrival, Caller caller) {
        var ledger = ledger(arrival, caller);
        var contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType != null && !contentType.toLowerCase(Locale.ROOT).contains("json")) {
            reject(request, ledger, ApiError.unsupportedMediaType(contentType));
            return;
        }
        var share = services.bodies().share();
        request.response().endHandler(ended -> share.end()).closeHandler(closed -> share.end());
        bodies.collect(request, share::grow)
                .onComplete(body -> asked(request, arrival, caller, ledger, body, share), e -> {
                    share.end();
                    if (e instanceof BodyCollector.TooLargeException) {
                        reject(
                                request,
                                ledger,
                                ApiError.tooLarge(services.settings().maxBodyBytes()));
                    } else if (e instanceof BodyCollector.NoRoomException) {
                        request.response().putHeader("Retry-After", "1");
                        reject(
                                request,
                                ledger,
                                ApiError.unavailable(
                                        "overloaded", "The gateway holds too much at the moment; try again."));
                    } else {
                        LOG.debug("{}: the client left while sending its request", arrival.requestId());
                    }
                });
    }

    private void asked(
            HttpServerRequest request,
            Arrival arrival,
            Caller caller,
            CallLedger ledger,
            Buffer body,
            BodyBudget.Share share) {
        ChatRequest chat;
        try {
            chat = ChatRequestScan.scan(body.getBytes());
        } catch (BadRequestException e) {
            reject(request, ledger, e.error());
            return;
        }
        ledger.asked(chat);
        var config = services.config().current();
        var model = config.model(chat.model());
        if (model == null || !model.active()) {
            reject(request, ledger, ApiError.modelNotFound(chat.model()));
            return;
        }
        if (!caller.mayCall(model.name())) {
            reject(request, ledger, ApiError.modelNotAllowed(chat.model()));
            return;
        }
        ledger.price(model.price());
        var target = services.chooser().choose(model, config, Set.of());
        if (target == null) {
            reject(
                    request,
                    ledger,
                    ApiError.unavailable("no_deployment", "No deployment of this model can be called at the moment."));
            return;
        }
        new ChatCall(services, request, arrival, ledger, chat, target).begin(share);
    }

    /** Refused before any upstream was asked; recorded, since it is known who asked. */
    private void reject(HttpServerRequest request, CallLedger ledger, ApiError error) {
        var full = services.journal().refusesStarts();
        if (full != null) {
            services.meters().journalRefused(full.name().toLowerCase(Locale.ROOT));
            Answers.sendAndClose(services.vertx(), request, error);
            return;
        }
        var context = services.vertx().getOrCreateContext();
        var record = ledger.record(Outcome.REJECTED, error.status(), error.codeOrType(), Tokens.NONE);
        services.meters().finished(Outcome.REJECTED.wire(), Duration.ofMillis(record.latencyMs()));
        services.journal()
                .outcome(
                        record,
                        refusal -> context.runOnContext(
                                written -> Answers.sendAndClose(services.vertx(), request, error)));
    }

    private CallLedger ledger(Arrival arrival, Caller caller) {
        return new CallLedger(arrival, caller, services.settings().gateway());
    }
}
