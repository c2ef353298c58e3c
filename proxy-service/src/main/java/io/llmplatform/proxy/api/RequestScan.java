package io.llmplatform.proxy.api;

import io.llmplatform.proxy.api.ApiRequest.Range;
import io.llmplatform.proxy.api.ApiRequest.Steering;
import io.llmplatform.proxy.api.RequestRules.Kind;
import io.llmplatform.proxy.wire.ApiError;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON request once, by streaming: all of it must be JSON, the fields that steer the gateway must be of the right
 * type and stand there once (two readers must never disagree on which one counts); everything else passes.
 */
public final class RequestScan {
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(256)
                    .build())
            .build();
    private static final String ASK = "\"include_usage\":true";
    private static final int MAX_USER = 512;

    private final Operation operation;
    private final RequestRules rules;
    private final byte[] body;
    private final JsonParser json;
    private final PromptScan prompt;
    private final Set<String> seen = new HashSet<>();
    private int bodyStart;
    private @Nullable String model;
    private Range modelAt = new Range(0, 0);
    private boolean stream;
    private boolean optionsSeen;
    private @Nullable Splice askUsage;
    private long maxTokens = -1;
    private long choices = 1;
    private @Nullable String user;
    private @Nullable String previousResponseId;
    private boolean store = true;
    private boolean base64;

    private RequestScan(Operation operation, byte[] body, JsonParser json) {
        this.operation = operation;
        this.rules = RequestRules.of(operation);
        this.body = body;
        this.json = json;
        this.prompt = new PromptScan(body, json);
    }

    public static ApiRequest scan(Operation operation, byte[] body) throws BadRequestException {
        if (body.length == 0) {
            throw new BadRequestException(ApiError.brokenJson("The request body is empty; expected a JSON object."));
        }
        // Only UTF-8: in any other encoding the offsets would not be those of the bytes.
        if (body[0] == 0 || (body.length > 1 && body[1] == 0) || (body[0] & 0xFF) > 0x7F) {
            throw new BadRequestException(ApiError.brokenJson("The request body must be JSON in UTF-8 without BOM."));
        }
        try (var json = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            return new RequestScan(operation, body, json).run();
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new BadRequestException(ApiError.brokenJson("We could not parse the JSON body of your request"
                    + (at == null ? "." : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ").")));
        }
    }

    private ApiRequest run() throws BadRequestException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new BadRequestException(ApiError.invalid(null, "The request body must be a JSON object."));
        }
        bodyStart = end();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            field(json.currentName(), json.nextToken());
        }
        if (json.nextToken() != null) {
            throw new BadRequestException(ApiError.brokenJson("There is text behind the JSON body of your request."));
        }
        for (var name : rules.required().keySet()) {
            if (!seen.contains(name)) {
                throw missing(name);
            }
        }
        return request();
    }

    private ApiRequest request() throws BadRequestException {
        var named = model == null ? rules.defaultModel() : model;
        if (named == null) {
            throw missing("model");
        }
        boolean streams = stream && rules.streams();
        return new ApiRequest(
                operation,
                body,
                ApiRequest.JSON,
                named,
                model == null ? new Range(bodyStart, bodyStart) : modelAt,
                streams,
                streams && rules.asksUsage() ? usageSplice() : null,
                new Steering(maxTokens, (int) Math.clamp(choices, 1, 128), user, previousResponseId, store, base64),
                prompt.tokens());
    }

    private @Nullable Splice usageSplice() {
        return optionsSeen ? askUsage : Splice.of(bodyStart, bodyStart, "\"stream_options\":{" + ASK + "},");
    }

    private void field(String name, JsonToken value) throws BadRequestException {
        var kind = rules.required().get(name);
        if (kind != null) {
            required(name, kind, value);
            return;
        }
        switch (name) {
            case "model" -> model(value);
            case "stream" -> {
                once(name);
                require(value.isBoolean() || value == JsonToken.VALUE_NULL, name, "a boolean", value);
                stream = value == JsonToken.VALUE_TRUE;
            }
            case "stream_options" -> {
                once(name);
                require(value == JsonToken.START_OBJECT || value == JsonToken.VALUE_NULL, name, "an object", value);
                streamOptions(value);
            }
            case "user" -> text(name, value);
            case "previous_response_id" -> {
                once(name);
                require(value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL, name, "a string", value);
                text(name, value);
            }
            case "background", "conversation" -> elsewhere(name, value);
            case "metadata" -> metadata(value);
            case "store" -> {
                once(name);
                store = value != JsonToken.VALUE_FALSE;
                json.skipChildren();
            }
            case "encoding_format" -> {
                base64 = operation == Operation.EMBEDDINGS
                        && value == JsonToken.VALUE_STRING
                        && json.getString().equals("base64");
                json.skipChildren();
            }
            default -> number(name, value);
        }
    }

    private void required(String name, Kind kind, JsonToken value) throws BadRequestException {
        once(name);
        switch (kind) {
            case OBJECTS -> {
                require(value == JsonToken.START_ARRAY, name, "an array", value);
                objects(name);
            }
            case TEXTS, SOME_TEXTS -> {
                require(
                        value == JsonToken.VALUE_STRING || value == JsonToken.START_ARRAY,
                        name,
                        "a string or an array",
                        value);
                if (value == JsonToken.START_ARRAY) {
                    elements(name);
                } else {
                    prompt.value();
                    notEmpty(name, kind == Kind.SOME_TEXTS ? json.getStringLength() : 1);
                }
            }
            case STRING -> {
                require(value == JsonToken.VALUE_STRING, name, "a string", value);
                rest(name);
            }
            case INTEGER -> number(name, value);
            case ANY -> {
                require(value != JsonToken.VALUE_NULL, name, "a value", value);
                rest(name);
            }
        }
    }

    private void model(JsonToken value) throws BadRequestException {
        once("model");
        require(value == JsonToken.VALUE_STRING, "model", "a string", value);
        int from = start();
        var text = json.getString();
        modelAt = new Range(from, end());
        if (text.isBlank()) {
            throw new BadRequestException(ApiError.invalid("model", "`model` must not be empty."));
        }
        model = text;
    }

    private void number(String name, JsonToken value) throws BadRequestException {
        boolean number = rules.numbers().contains(name);
        if (number || rules.integers().contains(name)) {
            boolean needed = rules.required().containsKey(name);
            if (!needed) {
                once(name);
            }
            require(
                    (value == JsonToken.VALUE_NULL && !needed)
                            || value == JsonToken.VALUE_NUMBER_INT
                            || (number && value == JsonToken.VALUE_NUMBER_FLOAT),
                    name,
                    number ? "a number" : "an integer",
                    value);
            if (value == JsonToken.VALUE_NUMBER_INT) {
                steer(name);
            }
        }
        rest(name);
    }

    /** What of a field steers nothing. */
    private void rest(String name) {
        if (PromptScan.holds(name)) {
            prompt.value();
        } else {
            json.skipChildren();
        }
    }

    private void steer(String name) throws BadRequestException {
        if (name.startsWith("max_")) {
            long given = bounded(name, 0);
            // Servers differ on which of two limits counts.
            maxTokens = Math.max(maxTokens, given);
        } else if (name.equals("n") || name.equals("best_of")) {
            choices = Math.max(choices, bounded(name, 1));
        }
    }

    private long bounded(String name, int least) throws BadRequestException {
        long value =
                switch (json.getNumberType()) {
                    case INT, LONG -> json.getLongValue();
                    default -> -1;
                };
        if (value < least || value > Integer.MAX_VALUE) {
            throw new BadRequestException(ApiError.invalid(
                    name, "`" + name + "` must be an integer between " + least + " and " + Integer.MAX_VALUE + "."));
        }
        return value;
    }

    private void text(String name, JsonToken value) {
        if (value == JsonToken.VALUE_STRING && json.getStringLength() <= MAX_USER) {
            if (name.equals("user")) {
                user = json.getString();
            } else {
                previousResponseId = json.getString();
            }
        }
        json.skipChildren();
    }

    /**
     * What would go on at the provider behind our back: a response made in the background is billed after we have looked, a
     * conversation is shared by whoever knows its name.
     */
    private void elsewhere(String name, JsonToken value) throws BadRequestException {
        boolean asked = value != JsonToken.VALUE_NULL && value != JsonToken.VALUE_FALSE;
        if (operation == Operation.RESPONSES && asked) {
            throw new BadRequestException(ApiError.unsupported(
                    name, "`" + name + "` is not supported: the gateway could not account for it."));
        }
        json.skipChildren();
    }

    /** Anthropic's clients name their user in here. */
    private void metadata(JsonToken value) {
        if (!operation.anthropic() || value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = "user_id".equals(json.currentName());
            var given = json.nextToken();
            if (wanted && given == JsonToken.VALUE_STRING && json.getStringLength() <= MAX_USER) {
                user = json.getString();
            }
            json.skipChildren();
        }
    }

    private void objects(String name) throws BadRequestException {
        int index = 0;
        for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                require(false, name + "[" + index + "]", "an object", token);
            }
            index++;
            prompt.message();
            prompt.value();
        }
        notEmpty(name, index);
    }

    private void elements(String name) throws BadRequestException {
        int index = 0;
        for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            index++;
            prompt.value();
        }
        notEmpty(name, index);
    }

    private static void notEmpty(String name, int count) throws BadRequestException {
        if (count == 0) {
            throw new BadRequestException(ApiError.invalid(name, "`" + name + "` must not be empty."));
        }
    }

    private void streamOptions(JsonToken value) throws BadRequestException {
        optionsSeen = true;
        if (value == JsonToken.VALUE_NULL) {
            askUsage = Splice.of(start(), end(), "{" + ASK + "}");
            return;
        }
        int inside = end();
        boolean any = false;
        boolean decided = false;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            any = true;
            boolean wanted = "include_usage".equals(json.currentName());
            var option = json.nextToken();
            if (!wanted) {
                json.skipChildren();
                continue;
            }
            once("stream_options.include_usage");
            require(
                    option.isBoolean() || option == JsonToken.VALUE_NULL,
                    "stream_options.include_usage",
                    "a boolean",
                    option);
            decided = true;
            askUsage = option == JsonToken.VALUE_TRUE ? null : Splice.of(start(), end(), "true");
        }
        if (!decided) {
            askUsage = Splice.of(inside, inside, any ? ASK + "," : ASK);
        }
    }

    private void once(String name) throws BadRequestException {
        if (!seen.add(name)) {
            throw new BadRequestException(ApiError.invalid(name, "`" + name + "` is given more than once."));
        }
    }

    private static BadRequestException missing(String name) {
        return new BadRequestException(ApiError.invalid(name, "Missing required parameter: `" + name + "`."));
    }

    private static void require(boolean holds, String name, String expected, JsonToken got) throws BadRequestException {
        if (!holds) {
            throw new BadRequestException(ApiError.invalid(
                    name, "Invalid type for `" + name + "`: expected " + expected + ", got " + named(got) + "."));
        }
    }

    private static String named(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    private int start() {
        return (int) json.currentTokenLocation().getByteOffset();
    }

    private int end() {
        json.finishToken();
        return (int) json.currentLocation().getByteOffset();
    }
}
