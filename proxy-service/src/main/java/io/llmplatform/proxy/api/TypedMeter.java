package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.usage.UsageScan;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Everything but chat: whole answers with a {@code usage} object, and streams whose events carry a {@code type} (responses,
 * messages, images, speech, transcriptions, realtime).
 */
final class TypedMeter implements Meter {
    private static final Set<String> LAST = Set.of(
            "response.completed",
            "response.incomplete",
            "response.failed",
            "message_stop",
            "transcript.text.done",
            "speech.audio.done",
            "image_generation.completed",
            "image_edit.completed");

    private static final int MAX_CODE = 64;

    private final TokenEstimate said;
    private @Nullable Tokens usage;

    TypedMeter(TokenEstimate said) {
        this.said = said;
    }

    @Override
    public @Nullable Tokens usage() {
        return usage;
    }

    @Override
    public Facts read(byte[] bytes) {
        try (var json = RequestScan.JSON.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            return json.nextToken() == JsonToken.START_OBJECT ? new Scan(json).run() : Facts.NOT_JSON;
        } catch (JacksonException e) {
            return Facts.NOT_JSON;
        }
    }

    private final class Scan {
        private final JsonParser json;
        private String type = "";
        private boolean named;
        private boolean statusFailed;
        private String failureCode = "upstream_failed";
        private boolean error;
        private boolean content;
        private boolean finished;

        Scan(JsonParser json) {
            this.json = json;
        }

        Facts run() {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                field(json.currentName(), json.nextToken());
            }
            json.nextToken();
            boolean last = LAST.contains(type);
            boolean failed = type.equals("response.failed") || (named && statusFailed);
            return new Facts(
                    true,
                    error || type.equals("error"),
                    content,
                    finished || last,
                    last,
                    false,
                    failed ? failureCode : null);
        }

        private void field(String name, JsonToken value) {
            switch (name) {
                case "type" -> {
                    if (value == JsonToken.VALUE_STRING) {
                        type = json.getString();
                    }
                    json.skipChildren();
                }
                case "usage" -> usage(value);
                case "response", "message" -> inner(value);
                case "object" -> {
                    named = true;
                    json.skipChildren();
                }
                // A stored response that failed tells of its error too, but is an object that says what it is.
                case "error" -> {
                    error |= value != JsonToken.VALUE_NULL && type.isEmpty() && !named;
                    failure(value);
                }
                case "status" -> {
                    statusFailed =
                            value == JsonToken.VALUE_STRING && json.getString().equals("failed");
                    json.skipChildren();
                }
                case "delta" -> content |= value == JsonToken.VALUE_STRING ? Said.here(json, said) : delta(value);
                case "content", "output" -> content |= Said.below(json, said);
                default -> json.skipChildren();
            }
        }

        private boolean delta(JsonToken value) {
            if (value == JsonToken.START_OBJECT && type.equals("message_delta")) {
                // Its stop reason is no speech.
                finished = true;
                json.skipChildren();
                return false;
            }
            return Said.below(json, said);
        }

        private void inner(JsonToken value) {
            if (value != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                var at = json.nextToken();
                switch (name) {
                    case "usage" -> usage(at);
                    case "error" -> failure(at);
                    default -> json.skipChildren();
                }
            }
        }

        private void failure(JsonToken value) {
            if (value != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = "code".equals(json.currentName());
                if (json.nextToken() == JsonToken.VALUE_STRING && wanted && json.getStringLength() <= MAX_CODE) {
                    failureCode = json.getString();
                }
                json.skipChildren();
            }
        }

        private void usage(JsonToken value) {
            if (value != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            var read = UsageScan.read(json);
            // Anthropic tells the prompt's tokens at the start and the answer's at the end, each with the other 0 or
            // absent.
            usage = usage == null
                    ? read
                    : new Tokens(
                            Math.max(usage.prompt(), read.prompt()),
                            Math.max(usage.completion(), read.completion()),
                            Math.max(usage.cached(), read.cached()),
                            Math.max(usage.reasoning(), read.reasoning()),
                            false,
                            usage.kinds().max(read.kinds()));
        }
    }
}
