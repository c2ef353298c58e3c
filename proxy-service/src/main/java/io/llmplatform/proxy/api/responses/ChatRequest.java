package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The chat request, field by field. */
final class ChatRequest {
    private static final String LOGPROBS = "message.output_text.logprobs";

    private final ObjectNode request;
    private final ObjectNode out = Fields.object();

    private ChatRequest(ObjectNode request) {
        this.request = request;
    }

    static ObjectNode of(ObjectNode request, Toolbox tools) throws UntranslatableException {
        var chat = new ChatRequest(request);
        chat.copy("model", "model");
        chat.out.set("messages", Dialogue.of(request.path("instructions"), request.path("input")));
        // The older name: the one that providers of nothing but chat understand.
        chat.copy("max_output_tokens", "max_tokens");
        chat.copy("temperature", "temperature");
        chat.copy("top_p", "top_p");
        chat.logprobs();
        chat.text();
        chat.reasoning();
        new ToolChoice(tools, chat.out).apply(request.path("tool_choice"), request.path("parallel_tool_calls"));
        if (!"auto".equals(Fields.text(request, "service_tier"))) {
            chat.copy("service_tier", "service_tier");
        }
        if (request.path("stream").asBoolean(false)) {
            chat.out.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return chat.out;
    }

    private void copy(String from, String to) {
        if (Fields.given(request, from)) {
            out.set(to, request.get(from));
        }
    }

    private void logprobs() {
        boolean included = false;
        for (var include : request.path("include")) {
            included |= LOGPROBS.equals(include.asString(""));
        }
        if (included || request.path("top_logprobs").asInt(0) > 0) {
            out.put("logprobs", true);
            copy("top_logprobs", "top_logprobs");
        }
    }

    private void text() throws UntranslatableException {
        var text = request.path("text");
        var verbosity = Fields.text(text, "verbosity");
        if (verbosity != null && !verbosity.equals("medium")) {
            out.put("verbosity", verbosity);
        }
        if (Fields.given(text, "format")) {
            format(text.get("format"));
        }
    }

    private void format(JsonNode format) throws UntranslatableException {
        var type = Fields.text(format, "type", "");
        switch (type) {
            case "text" -> {}
            case "json_object" -> out.putObject("response_format").put("type", type);
            case "json_schema" -> {
                var schema = out.putObject("response_format").put("type", type).putObject(type);
                for (var key : new String[] {"name", "description", "schema", "strict"}) {
                    if (Fields.given(format, key)) {
                        schema.set(key, format.get(key));
                    }
                }
            }
            default ->
                throw new UntranslatableException(
                        "text.format.type",
                        "'text.format.type' must be 'text', 'json_object' or 'json_schema'; it is '" + type + "'.");
        }
    }

    private void reasoning() {
        var reasoning = request.path("reasoning");
        if (Fields.given(reasoning, "effort")) {
            out.set("reasoning_effort", reasoning.get("effort"));
        }
    }
}
