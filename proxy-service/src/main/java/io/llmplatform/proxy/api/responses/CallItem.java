package io.llmplatform.proxy.api.responses;

import io.llmplatform.contracts.json.ContractJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** A tool call while its arguments come in. */
final class CallItem implements OutputItem {
    private final Events events;
    private final String id;
    private final int index;
    private final Tool tool;
    private final String callId;
    private final StringBuilder arguments = new StringBuilder();
    private String status = "in_progress";

    CallItem(Events events, String id, int index, Tool tool, String callId) {
        this.events = events;
        this.id = id;
        this.index = index;
        this.tool = tool;
        this.callId = callId;
        events.item("response.output_item.added", index, json());
    }

    void arguments(String delta) {
        arguments.append(delta);
        // The text of a custom tool stands inside JSON; it is told once the JSON is whole.
        if (tool.kind() == Tool.Kind.FUNCTION) {
            delta("response.function_call_arguments.delta", delta);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void close(boolean cut) {
        if (!status.equals("in_progress")) {
            return;
        }
        if (tool.kind() == Tool.Kind.CUSTOM) {
            delta("response.custom_tool_call_input.delta", input());
            events.inside(
                    "response.custom_tool_call_input.done",
                    this,
                    Fields.object().put("input", input()));
        } else {
            if (arguments.isEmpty() && !cut) {
                // Clients parse it as JSON.
                arguments("{}");
            }
            events.inside(
                    "response.function_call_arguments.done",
                    this,
                    Fields.object().put("name", tool.name()).put("arguments", arguments.toString()));
        }
        status = cut ? "incomplete" : "completed";
        events.item("response.output_item.done", index, json());
    }

    @Override
    public ObjectNode json() {
        var out = Fields.object()
                .put("id", id)
                .put("type", tool.kind().item())
                .put("status", status)
                .put("call_id", callId)
                .put("name", tool.name());
        if (tool.namespace() != null) {
            out.put("namespace", tool.namespace());
        }
        return tool.kind() == Tool.Kind.CUSTOM
                ? out.put("input", status.equals("in_progress") ? "" : input())
                : out.put("arguments", arguments.toString());
    }

    /** A model that did not keep to the function's form has written the input itself. */
    private String input() {
        try {
            var tree = ContractJson.mapper().readTree(arguments.toString());
            var input = tree == null ? null : Fields.text(tree, ToolDefinitions.INPUT);
            return input == null ? arguments.toString() : input;
        } catch (JacksonException e) {
            return arguments.toString();
        }
    }

    private void delta(String type, String delta) {
        events.inside(type, this, Fields.object().put("delta", delta));
    }
}
