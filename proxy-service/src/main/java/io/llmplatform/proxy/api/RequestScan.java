package io.llmplatform.proxy.chat;

import io.llmplatform.proxy.usage.TokenEstimate;
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
 * Reads a request body once, by streaming: all of it must be JSON, the fields that steer the gateway must be of the right
 * type and stand there once (two readers must never disagree on which one counts); everything else passes.
 */
final class ChatRequestScan {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(256)
                    .build())
            .build();
    private static final Set<String> NUMBERS = Set.of("temperature", "top_p", "presence_penalty", "frequency_penalty");
    private static final Set<String> INTEGERS = Set.of("max_tokens", "max_completion_tokens", "n", "seed");
    private static final String ASK = "\"include_usage\":true";

    private final byte[] body;
    private final JsonParser json;
    private final Set<String> seen = new HashSet<>();
    private int bodyStart;
    private @Nullable String model;
    private int modelFrom;
    private int modelTo;
    private boolean stream;
    private boolean messages;
    private boolean optionsSeen;
    private @Nullable Splice askUsage;

    private ChatRequestScan(byte[] body, JsonParser json) {
        this.body = body;
        this.json = json;
    }

    static ChatRequest scan(byte[] body) throws BadRequestException {
        if (body.length == 0) {
            throw new BadRequestException(ApiError.brokenJson("The request body is empty; expected a JSON object."));
        }
        // Only UTF-8: in any other encoding the offsets would not be those of the bytes.
        if (body[0] == 0 || (body.length > 1 && body[1] == 0) || (body[0] & 0xFF) > 0x7F) {
            throw new BadRequestException(ApiError.brokenJson("The request body must be JSON in UTF-8 without BOM."));
        }
        try (var json = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            return new ChatRequestScan(body, json).run();
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new BadRequestException(ApiError.brokenJson("We could not parse the JSON body of your request"
                    + (at == null ? "." : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ").")));
        }
    }

    /** The gateway's guess of the prompt's tokens, for when the provider does not tell. */
    static long estimatePromptTokens(byte[] body) {
        var estimate = new TokenEstimate();
        try (var json = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = "messages".equals(json.currentName());
                json.nextToken();
                if (wanted) {
                    estimateMessages(json, estimate);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return estimate.tokens();
        }
        return estimate.tokens();
    }

    private static void estimateMessages(JsonParser json, TokenEstimate estimate) {
        int depth = 1;
        while (depth > 0) {
            var token = json.nextToken();
            if (token.isStructStart()) {
                if (depth++ == 1) {
                    estimate.message();
                }
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && isText(json.currentName())) {
                int length = json.getStringLength();
                estimate.text(json.getStringCharacters(), json.getStringOffset(), length);
            }
        }
    }

    private static boolean isText(@Nullable String name) {
        return name == null
                || switch (name) {
                    case "role", "type", "url", "data", "id", "tool_call_id", "detail", "format" -> false;
                    default -> true;
                };
    }

    private ChatRequest run() throws BadRequestException {
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
        if (model == null) {
            throw new BadRequestException(ApiError.invalid("model", "You must provide a `model` parameter."));
        }
        if (!messages) {
            throw new BadRequestException(ApiError.invalid("messages", "Missing required parameter: `messages`."));
        }
        if (stream && !optionsSeen) {
            askUsage = Splice.of(bodyStart, bodyStart, "\"stream_options\":{" + ASK + "},");
        }
        return new ChatRequest(body, model, modelFrom, modelTo, stream, stream ? askUsage : null);
    }

    private void field(String name, JsonToken value) throws BadRequestException {
        switch (name) {
            case "model" -> {
                once(name);
                require(value == JsonToken.VALUE_STRING, name, "a string", value);
                modelFrom = (int) json.currentTokenLocation().getByteOffset();
                var text = json.getString();
                modelTo = end();
                if (text.isBlank()) {
                    throw new BadRequestException(ApiError.invalid(name, "`model` must not be empty."));
                }
                model = text;
            }
            case "messages" -> {
                once(name);
                require(value == JsonToken.START_ARRAY, name, "an array", value);
                readMessages();
            }
            case "stream" -> {
                once(name);
                require(value.isBoolean() || value == JsonToken.VALUE_NULL, name, "a boolean", value);
                stream = value == JsonToken.VALUE_TRUE;
            }
            case "stream_options" -> {
                once(name);
                require(value == JsonToken.START_OBJECT || value == JsonToken.VALUE_NULL, name, "an object", value);
                readStreamOptions(value);
            }
            default -> {
                boolean number = NUMBERS.contains(name);
                if (number || INTEGERS.contains(name)) {
                    require(
                            value == JsonToken.VALUE_NULL
                                    || value == JsonToken.VALUE_NUMBER_INT
                                    || (number && value == JsonToken.VALUE_NUMBER_FLOAT),
                            name,
                            number ? "a number" : "an integer",
                            value);
                }
                json.skipChildren();
            }
        }
    }

    private void readMessages() throws BadRequestException {
        int index = 0;
        for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            require(token == JsonToken.START_OBJECT, "messages[" + index + "]", "an object", token);
            index++;
            json.skipChildren();
        }
        if (index == 0) {
            throw new BadRequestException(ApiError.invalid("messages", "`messages` must not be empty."));
        }
        messages = true;
    }

    private void readStreamOptions(JsonToken value) throws BadRequestException {
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
