package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.proxy.auth.AuthResult;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.AuthResult.Refused;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.chat.Answers;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The models that the caller may call. The list comes as {@code data} (OpenAI) and as {@code models} (what Codex reads).
 */
final class ModelList {
    private static final JsonFactory JSON = new JsonFactory();

    private final Vertx vertx;
    private final LiveConfig config;
    private final Authenticator authenticator;
    private final GatewayMeters meters;

    ModelList(Vertx vertx, LiveConfig config, Authenticator authenticator, GatewayMeters meters) {
        this.vertx = vertx;
        this.config = config;
        this.authenticator = authenticator;
        this.meters = meters;
    }

    void list(HttpServerRequest request) {
        authenticated(request, caller -> {
            var models = callable(caller);
            send(request, json -> {
                json.writeStringProperty("object", "list");
                json.writeArrayPropertyStart("data");
                models.forEach(model -> object(json, model));
                json.writeEndArray();
                json.writeArrayPropertyStart("models");
                models.forEach(model -> object(json, model));
                json.writeEndArray();
            });
        });
    }

    /** @param encodedId as in the path; may hold slashes, encoded or not */
    void one(HttpServerRequest request, String encodedId) {
        authenticated(request, caller -> {
            var id = decode(encodedId);
            callable(caller).stream()
                    .filter(model -> model.name().equals(id))
                    .findFirst()
                    .ifPresentOrElse(
                            model -> send(request, json -> fields(json, model)),
                            () -> Answers.send(request, ApiError.modelNotFound(id)));
        });
    }

    private void authenticated(HttpServerRequest request, Consumer<Caller> then) {
        if (!config.ready()) {
            Answers.send(request, ApiError.unavailable("starting", "The gateway is starting; try again in a moment."));
            return;
        }
        authenticator
                .authenticate(request.headers(), vertx)
                .onComplete(
                        (AuthResult result) -> {
                            switch (result) {
                                case Accepted(Caller caller) -> then.accept(caller);
                                case Refused(var reason, var identified) -> {
                                    meters.unauthenticated(reason.name().toLowerCase(Locale.ROOT));
                                    Answers.sendAndClose(vertx, request, ApiError.invalidApiKey(reason.message()));
                                }
                            }
                        },
                        e -> Answers.send(request, ApiError.upstream(500, "internal_error", "Internal error.")));
    }

    private List<ConfigRecord.Model> callable(Caller caller) {
        return config.current().models().stream()
                .filter(model -> model.active() && caller.mayCall(model.name()))
                .sorted(Comparator.comparing(ConfigRecord.Model::name))
                .toList();
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }

    private static void object(JsonGenerator json, ConfigRecord.Model model) {
        json.writeStartObject();
        fields(json, model);
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, ConfigRecord.Model model) {
        json.writeStringProperty("id", model.name());
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", model.createdAt().getEpochSecond());
        json.writeStringProperty("owned_by", "llm-platform");
        json.writeStringProperty("slug", model.name());
        json.writeStringProperty("display_name", model.name());
    }

    private static void send(HttpServerRequest request, Consumer<JsonGenerator> fields) {
        var out = new StringWriter(512);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        request.response().putHeader("Content-Type", "application/json").end(out.toString());
    }
}
