package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.Origin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The response object around the output: what the request said is echoed, and no key is left out. */
final class ResponseFrame {
    private static final String[] ECHOED = {
        "max_tool_calls", "temperature", "top_p", "top_logprobs", "user", "safety_identifier", "prompt_cache_key"
    };

    private final ObjectNode echo = Fields.object();
    private final ObjectNode head = Fields.object();
    private final boolean sealed;

    ResponseFrame(ObjectNode request, Toolbox tools, Origin origin) {
        head.put("id", new ItemIds(origin.requestId()).response())
                .put("object", "response")
                .put("created_at", origin.created());
        Fields.echo(request, "instructions", echo);
        Fields.echo(request, "max_output_tokens", echo);
        Fields.echo(request, "model", echo);
        for (var key : ECHOED) {
            Fields.echo(request, key, echo);
        }
        echo.set("metadata", request.path("metadata").isObject() ? request.get("metadata") : Fields.object());
        echo.put("parallel_tool_calls", request.path("parallel_tool_calls").asBoolean(true));
        echo.put("previous_response_id", Fields.text(request, ResponsesToChat.RESOLVED));
        var reasoning = echo.putObject("reasoning");
        Fields.echo(request.path("reasoning"), "effort", reasoning);
        Fields.echo(request.path("reasoning"), "summary", reasoning);
        Fields.echo(request, "service_tier", echo);
        echo.put("store", request.path("store").asBoolean(true));
        echo.set("text", text(request.path("text")));
        if (Fields.given(request, "tool_choice")) {
            echo.set("tool_choice", request.get("tool_choice"));
        } else {
            echo.put("tool_choice", "auto");
        }
        echo.set("tools", tools.inEffect());
        echo.put("truncation", "disabled");
        sealed = includes(request, "reasoning.encrypted_content");
    }

    /** Whether reasoning is to be sealed even if no provider signed it. */
    boolean sealed() {
        return sealed;
    }

    ObjectNode response(String status, ArrayNode output) {
        var out = head.deepCopy();
        out.put("status", status).put("background", false).putNull("error").putNull("incomplete_details");
        out.setAll(echo.deepCopy());
        out.set("output", output);
        out.putNull("usage");
        return out;
    }

    private static ObjectNode text(JsonNode text) {
        var out = Fields.object();
        if (Fields.given(text, "format")) {
            out.set("format", text.get("format"));
        } else {
            out.putObject("format").put("type", "text");
        }
        if (Fields.given(text, "verbosity")) {
            out.set("verbosity", text.get("verbosity"));
        }
        return out;
    }

    private static boolean includes(JsonNode request, String what) {
        for (var include : request.path("include")) {
            if (what.equals(include.asString(""))) {
                return true;
            }
        }
        return false;
    }
}
