package io.llmplatform.proxy.upstream.mock;

import io.vertx.core.buffer.Buffer;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes answers in OpenAI's shapes: one whole object, or chunks. */
record ChatWire(String id, long created, String model, ChatQuestion asked, List<ChatChoice> choices) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Buffer DONE = Buffer.buffer("data: [DONE]\n\n");

    private record Beat(int choice, Delta delta) {}

    Buffer whole() {
        return Buffer.buffer(json(out -> {
            head(out, "chat.completion");
            out.writeArrayPropertyStart("choices");
            for (int i = 0; i < choices.size(); i++) {
                out.writeStartObject();
                out.writeNumberProperty("index", i);
                message(out, choices.get(i));
                out.writeNullProperty("logprobs");
                out.writeStringProperty("finish_reason", choices.get(i).finishReason());
                out.writeEndObject();
            }
            out.writeEndArray();
            usage(out);
        }));
    }

    /** Roles, then the choices' deltas in turn, then the finishes, the usage when asked for, and the end mark. */
    Iterator<Reply.Part> stream() {
        var beats = new ArrayList<Beat>();
        for (int i = 0; i < choices.size(); i++) {
            beats.add(new Beat(i, new Delta.Role(choices.get(i).calls())));
        }
        int longest = choices.stream()
                .mapToInt(choice -> choice.deltas().size())
                .max()
                .orElse(0);
        for (int at = 0; at < longest; at++) {
            for (int i = 0; i < choices.size(); i++) {
                if (at < choices.get(i).deltas().size()) {
                    beats.add(new Beat(i, choices.get(i).deltas().get(at)));
                }
            }
        }
        for (int i = 0; i < choices.size(); i++) {
            beats.add(new Beat(i, new Delta.Finish(choices.get(i).finishReason())));
        }
        var chunks = beats.stream()
                .map(beat -> new Reply.Part(chunk(beat), beat.delta().token()));
        var tail = asked.includeUsage() ? List.of(usageChunk(), DONE) : List.of(DONE);
        return Stream.concat(chunks, tail.stream().map(bytes -> new Reply.Part(bytes, false)))
                .iterator();
    }

    long completionTokens() {
        return choices.stream().mapToLong(ChatChoice::tokens).sum();
    }

    private Buffer chunk(Beat beat) {
        return event(json(out -> {
            head(out, "chat.completion.chunk");
            out.writeArrayPropertyStart("choices");
            out.writeStartObject();
            out.writeNumberProperty("index", beat.choice());
            out.writeObjectPropertyStart("delta");
            delta(out, beat.delta());
            out.writeEndObject();
            out.writeNullProperty("logprobs");
            string(out, "finish_reason", beat.delta() instanceof Delta.Finish(var reason) ? reason : null);
            out.writeEndObject();
            out.writeEndArray();
            if (asked.includeUsage()) {
                out.writeNullProperty("usage");
            }
        }));
    }

    private Buffer usageChunk() {
        return event(json(out -> {
            head(out, "chat.completion.chunk");
            out.writeArrayPropertyStart("choices");
            out.writeEndArray();
            usage(out);
        }));
    }

    private static void delta(JsonGenerator out, Delta delta) {
        switch (delta) {
            case Delta.Role(var calls) -> {
                out.writeStringProperty("role", "assistant");
                string(out, "content", calls ? null : "");
                out.writeNullProperty("refusal");
            }
            case Delta.Reasoning(var text) -> out.writeStringProperty("reasoning_content", text);
            case Delta.Text(var text) -> out.writeStringProperty("content", text);
            case Delta.CallStart(var index, var id, var name) -> {
                out.writeArrayPropertyStart("tool_calls");
                out.writeStartObject();
                out.writeNumberProperty("index", index);
                call(out, new ToolCall(id, name, ""));
                out.writeEndObject();
                out.writeEndArray();
            }
            case Delta.Arguments(var index, var text) -> {
                out.writeArrayPropertyStart("tool_calls");
                out.writeStartObject();
                out.writeNumberProperty("index", index);
                out.writeObjectPropertyStart("function");
                out.writeStringProperty("arguments", text);
                out.writeEndObject();
                out.writeEndObject();
                out.writeEndArray();
            }
            case Delta.Finish(var reason) -> {}
        }
    }

    private static void message(JsonGenerator out, ChatChoice choice) {
        out.writeObjectPropertyStart("message");
        out.writeStringProperty("role", "assistant");
        string(out, "content", choice.calls() ? null : choice.text());
        if (choice.reasoningTokens() > 0) {
            out.writeStringProperty("reasoning_content", choice.reasoning());
        }
        out.writeNullProperty("refusal");
        if (choice.calls()) {
            out.writeArrayPropertyStart("tool_calls");
            for (var call : choice.toolCalls()) {
                out.writeStartObject();
                call(out, call);
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void call(JsonGenerator out, ToolCall call) {
        out.writeStringProperty("id", call.id());
        out.writeStringProperty("type", "function");
        out.writeObjectPropertyStart("function");
        out.writeStringProperty("name", call.name());
        out.writeStringProperty("arguments", call.arguments());
        out.writeEndObject();
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

    private static void string(JsonGenerator out, String name, @Nullable String value) {
        if (value == null) {
            out.writeNullProperty(name);
        } else {
            out.writeStringProperty(name, value);
        }
    }

    private void head(JsonGenerator out, String object) {
        out.writeStringProperty("id", id);
        out.writeStringProperty("object", object);
        out.writeNumberProperty("created", created);
        out.writeStringProperty("model", model);
        out.writeStringProperty("service_tier", "default");
        out.writeStringProperty("system_fingerprint", "fp_mock");
    }

    private void usage(JsonGenerator out) {
        long completion = completionTokens();
        out.writeObjectPropertyStart("usage");
        out.writeNumberProperty("prompt_tokens", asked.promptTokens());
        out.writeNumberProperty("completion_tokens", completion);
        out.writeNumberProperty("total_tokens", asked.promptTokens() + completion);
        out.writeObjectPropertyStart("prompt_tokens_details");
        out.writeNumberProperty("cached_tokens", 0);
        out.writeEndObject();
        out.writeObjectPropertyStart("completion_tokens_details");
        out.writeNumberProperty(
                "reasoning_tokens",
                choices.stream().mapToInt(ChatChoice::reasoningTokens).sum());
        out.writeEndObject();
        out.writeEndObject();
    }
}
