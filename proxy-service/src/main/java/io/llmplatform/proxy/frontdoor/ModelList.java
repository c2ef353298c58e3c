package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.policy.Endpoints;
import io.llmplatform.proxy.auth.AuthResult;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.AuthResult.Refused;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.auth.KeyRules;
import io.llmplatform.proxy.call.Answers;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The models that the caller may call. One answer serves all: {@code data} (OpenAI), {@code models} (what Codex reads), and
 * the fields that Anthropic's clients page by.
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

    void list(HttpServerRequest request, Arrival arrival) {
        authenticated(request, arrival, caller -> {
            var models = callable(caller);
            send(request, json -> {
                json.writeStringProperty("object", "list");
                json.writeArrayPropertyStart("data");
                models.forEach(model -> object(json, model));
                json.writeEndArray();
                json.writeArrayPropertyStart("models");
                models.forEach(model -> object(json, model));
                json.writeEndArray();
                json.writeBooleanProperty("has_more", false);
                edge(json, "first_id", models.isEmpty() ? null : models.getFirst());
                edge(json, "last_id", models.isEmpty() ? null : models.getLast());
            });
        });
    }

    /** @param encodedId as in the path; may hold slashes, encoded or not */
    void one(HttpServerRequest request, Arrival arrival, String encodedId) {
        authenticated(request, arrival, caller -> {
            var id = decode(encodedId);
            callable(caller).stream()
                    .filter(model -> model.name().equals(id))
                    .findFirst()
                    .ifPresentOrElse(
                            model -> send(request, json -> fields(json, model)),
                            () -> Answers.send(request, ApiError.modelNotFound(id)));
        });
    }

    private void authenticated(HttpServerRequest request, Arrival arrival, Consumer<Caller> then) {
        if (!config.ready()) {
            Answers.send(request, ApiError.unavailable("starting", "The gateway is starting; try again in a moment."));
            return;
        }
        authenticator
                .authenticate(request.headers(), vertx)
                .onComplete(
                        (AuthResult result) -> {
                            switch (result) {
                                case Accepted(Caller caller) -> {
                                    var refusal = KeyRules.check(caller, Endpoints.MODELS, arrival.ip());
                                    if (refusal == null) {
                                        then.accept(caller);
                                    } else {
                                        Answers.sendAndClose(vertx, request, refusal);
                                    }
                                }
                                case Refused(var reason, var identified) -> {
                                    meters.unauthenticated(reason.name().toLowerCase(Locale.ROOT));
                                    Answers.sendAndClose(vertx, request, ApiError.invalidApiKey(reason.message()));
                                }
                            }
                        },
                        e -> Answers.send(request, ApiError.internal()));
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

    private static void edge(JsonGenerator json, String name, ConfigRecord.@Nullable Model model) {
        if (model == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, model.name());
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
        json.writeStringProperty("type", "model");
        json.writeStringProperty(
                "created_at", model.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeStringProperty("slug", model.name());
        json.writeStringProperty("display_name", model.name());
        if (model.catalog() != null) {
            catalog(json, model.catalog());
        }
    }

    /** Under the names that most servers with such fields use; OpenAI's own clients pass over them. */
    private static void catalog(JsonGenerator json, ModelEvent.Catalog catalog) {
        if (catalog.description() != null) {
            json.writeStringProperty("description", catalog.description());
        }
        if (catalog.contextWindow() != null) {
            json.writeNumberProperty("context_window", catalog.contextWindow());
            json.writeNumberProperty("context_length", catalog.contextWindow());
        }
        if (catalog.maxOutput() != null) {
            json.writeNumberProperty("max_output_tokens", catalog.maxOutput());
        }
        words(json, "input_modalities", catalog.inputModalities());
        words(json, "output_modalities", catalog.outputModalities());
        words(json, "capabilities", catalog.capabilities());
    }

    private static void words(JsonGenerator json, String name, @Nullable List<String> words) {
        if (words != null) {
            json.writeArrayPropertyStart(name);
            words.forEach(json::writeString);
            json.writeEndArray();
        }
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
