package io.llmplatform.proxy.upstream.mock;

import io.vertx.core.buffer.Buffer;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a mock answer in OpenAI's shapes: one whole object, or chunks. */
record MockWire(String id, long created, String model, MockAnswer answer) {
    private static final JsonFactory JSON = new JsonFactory();

    Buffer whole() {
        return Buffer.buffer(json(out -> {
            head(out, "chat.completion");
            out.writeArrayPropertyStart("choices");
            out.writeStartObject();
            out.writeNumberProperty("index", 0);
            out.writeObjectPropertyStart("message");
            out.writeStringProperty("role", "assistant");
            out.writeStringProperty("content", answer.text());
            out.writeNullProperty("refusal");
            out.writeEndObject();
            out.writeNullProperty("logprobs");
            out.writeStringProperty("finish_reason", answer.finishReason());
            out.writeEndObject();
            out.writeEndArray();
            usage(out);
        }));
    }

    Buffer role() {
        return chunk(delta -> {
            delta.writeStringProperty("role", "assistant");
            delta.writeStringProperty("content", "");
            delta.writeNullProperty("refusal");
        });
    }

    Buffer piece(int index) {
        return chunk(
                delta -> delta.writeStringProperty("content", answer.pieces().get(index)));
    }

    /** The finish, the usage when asked for, and the end mark. */
    Buffer tail() {
        var out = event(json(json -> {
            head(json, "chat.completion.chunk");
            choice(json, delta -> {}, answer.finishReason());
            noUsage(json);
        }));
        if (answer.includeUsage()) {
            out.appendBuffer(event(json(json -> {
                head(json, "chat.completion.chunk");
                json.writeArrayPropertyStart("choices");
                json.writeEndArray();
                usage(json);
            })));
        }
        return out.appendString("data: [DONE]\n\n");
    }

    private Buffer chunk(Consumer<JsonGenerator> delta) {
        return event(json(json -> {
            head(json, "chat.completion.chunk");
            choice(json, delta, null);
            noUsage(json);
        }));
    }

    private static Buffer event(String json) {
        return Buffer.buffer("data: " + json + "\n\n");
    }

    private static String json(Consumer<JsonGenerator> fields) {
        var out = new StringWriter(256);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return out.toString();
    }

    private void head(JsonGenerator json, String object) {
        json.writeStringProperty("id", id);
        json.writeStringProperty("object", object);
        json.writeNumberProperty("created", created);
        json.writeStringProperty("model", model);
        json.writeStringProperty("service_tier", "default");
        json.writeStringProperty("system_fingerprint", "fp_mock");
    }

    private static void choice(
            JsonGenerator json, Consumer<JsonGenerator> delta, @org.jspecify.annotations.Nullable String finishReason) {
        json.writeArrayPropertyStart("choices");
        json.writeStartObject();
        json.writeNumberProperty("index", 0);
        json.writeObjectPropertyStart("delta");
        delta.accept(json);
        json.writeEndObject();
        json.writeNullProperty("logprobs");
        if (finishReason == null) {
            json.writeNullProperty("finish_reason");
        } else {
            json.writeStringProperty("finish_reason", finishReason);
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void noUsage(JsonGenerator json) {
        if (answer.includeUsage()) {
            json.writeNullProperty("usage");
        }
    }

    private void usage(JsonGenerator json) {
        long completion = answer.pieces().size();
        json.writeObjectPropertyStart("usage");
        json.writeNumberProperty("prompt_tokens", answer.promptTokens());
        json.writeNumberProperty("completion_tokens", completion);
        json.writeNumberProperty("total_tokens", answer.promptTokens() + completion);
        json.writeObjectPropertyStart("prompt_tokens_details");
        json.writeNumberProperty("cached_tokens", 0);
        json.writeEndObject();
        json.writeObjectPropertyStart("completion_tokens_details");
        json.writeNumberProperty("reasoning_tokens", 0);
        json.writeEndObject();
        json.writeEndObject();
    }
}
