package io.llmplatform.proxy;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.Operation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The APIs that clients ask for text by: how to ask each, and how to read what it says. */
enum Ingress {
    CHAT(Operation.CHAT, "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"max_tokens\":64"),
    RESPONSES(Operation.RESPONSES, "\"input\":\"Hello\",\"max_output_tokens\":64"),
    COMPLETIONS(Operation.COMPLETIONS, "\"prompt\":\"Hello\",\"max_tokens\":64"),
    MESSAGES(Operation.MESSAGES, "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"max_tokens\":64");

    final Operation operation;
    private final String fields;

    Ingress(Operation operation, String fields) {
        this.operation = operation;
        this.fields = fields;
    }

    String path() {
        return "/v1" + operation.path();
    }

    String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\"," + fields + (stream ? ",\"stream\":true}" : "}");
    }

    String body(String model, String more) {
        return "{\"model\":\"" + model + "\"," + fields + more + "}";
    }

    /** @param stream what a streaming client got, or the whole answer */
    String text(String stream, boolean streamed) {
        if (!streamed) {
            return read(stream).at(whole()).asString();
        }
        var text = new StringBuilder();
        for (var event : events(stream)) {
            switch (this) {
                case CHAT -> text.append(event.at("/choices/0/delta/content").asString(""));
                case COMPLETIONS -> text.append(event.at("/choices/0/text").asString(""));
                case MESSAGES -> text.append(event.at("/delta/text").asString(""));
                case RESPONSES ->
                    text.append(
                            event.path("type").asString("").equals("response.output_text.delta")
                                    ? event.path("delta").asString("")
                                    : "");
            }
        }
        return text.toString();
    }

    private String whole() {
        return switch (this) {
            case CHAT -> "/choices/0/message/content";
            case COMPLETIONS -> "/choices/0/text";
            case MESSAGES -> "/content/0/text";
            case RESPONSES -> "/output/0/content/0/text";
        };
    }

    /** Why the answer ended, in the words of this API. */
    String stop(String answer, boolean streamed) {
        if (!streamed) {
            return read(answer)
                    .at(
                            switch (this) {
                                case CHAT, COMPLETIONS -> "/choices/0/finish_reason";
                                case MESSAGES -> "/stop_reason";
                                case RESPONSES -> "/status";
                            })
                    .asString();
        }
        return events(answer).stream()
                .map(event -> event.at(
                                switch (this) {
                                    case CHAT, COMPLETIONS -> "/choices/0/finish_reason";
                                    case MESSAGES -> "/delta/stop_reason";
                                    case RESPONSES -> "/response/status";
                                })
                        .asString(""))
                .filter(reason -> !reason.isEmpty())
                .reduce("", (first, second) -> second);
    }

    String stopped() {
        return switch (this) {
            case CHAT, COMPLETIONS -> "stop";
            case MESSAGES -> "end_turn";
            case RESPONSES -> "completed";
        };
    }

    static List<JsonNode> events(String stream) {
        var out = new ArrayList<JsonNode>();
        for (var line : stream.split("\r?\n")) {
            if (line.startsWith("data: {")) {
                out.add(read(line.substring("data: ".length())));
            }
        }
        return out;
    }

    static JsonNode read(String json) {
        return ContractJson.mapper().readTree(json);
    }
}
