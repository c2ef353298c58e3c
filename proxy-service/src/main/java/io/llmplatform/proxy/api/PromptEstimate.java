package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenCounter;
import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The tokens of a request's prompt, by the gateway's own count. Of a form they are 0: its files are no text. */
public final class PromptEstimate {
    private static final Set<String> PROMPT =
            Set.of("messages", "input", "prompt", "system", "instructions", "query", "documents", "tools");

    private PromptEstimate() {}

    /** By rule of thumb, for when the provider does not tell. */
    public static long of(ApiRequest request) {
        return request.operation().multipart() ? 0 : of(request.body());
    }

    static long of(byte[] body) {
        var estimate = new TokenEstimate();
        read(body, new Sink() {
            @Override
            public void text(char[] text, int offset, int length) {
                estimate.text(text, offset, length);
            }

            @Override
            public void message() {
                estimate.message();
            }

            @Override
            public void token() {
                estimate.token();
            }
        });
        return estimate.tokens();
    }

    /** By a vocabulary, for limits and budgets. */
    public static long of(ApiRequest request, TokenCounter counter) {
        if (request.operation().multipart()) {
            return 0;
        }
        var count = counter.begin();
        var given = new long[1];
        read(request.body(), new Sink() {
            @Override
            public void text(char[] text, int offset, int length) {
                count.text(new String(text, offset, length));
            }

            @Override
            public void message() {
                count.message();
            }

            @Override
            public void token() {
                given[0]++;
            }
        });
        return count.tokens() + given[0];
    }

    private interface Sink {
        void text(char[] text, int offset, int length);

        void message();

        /** The input may be tokens already. */
        void token();
    }

    private static void read(byte[] body, Sink sink) {
        try (var json = RequestScan.JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = PROMPT.contains(json.currentName());
                boolean messages = "messages".equals(json.currentName());
                var value = json.nextToken();
                if (wanted && value == JsonToken.VALUE_STRING) {
                    text(json, sink);
                } else if (wanted && value.isStructStart()) {
                    texts(json, sink, messages);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // What was read before counts; a request that is no JSON has been refused already.
            return;
        }
    }

    private static void texts(JsonParser json, Sink sink, boolean messages) {
        int depth = 1;
        while (depth > 0) {
            var token = json.nextToken();
            if (token.isStructStart()) {
                if (depth++ == 1 && messages) {
                    sink.message();
                }
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && isText(json.currentName())) {
                text(json, sink);
            } else if (token == JsonToken.VALUE_NUMBER_INT && json.currentName() == null) {
                sink.token();
            }
        }
    }

    private static void text(JsonParser json, Sink sink) {
        int length = json.getStringLength();
        sink.text(json.getStringCharacters(), json.getStringOffset(), length);
    }

    private static boolean isText(@Nullable String name) {
        return name == null
                || switch (name) {
                    case "role",
                            "type",
                            "url",
                            "image_url",
                            "file_data",
                            "data",
                            "id",
                            "tool_call_id",
                            "detail",
                            "format" -> false;
                    default -> true;
                };
    }
}
