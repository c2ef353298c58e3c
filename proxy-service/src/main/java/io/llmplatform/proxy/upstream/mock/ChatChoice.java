package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One answer, as the deltas of its stream between the role and the finish. */
record ChatChoice(List<Delta> deltas, String finishReason) {
    static ChatChoice of(ChatQuestion asked, List<ToolCall> calls, String text, boolean json) {
        var deltas = new ArrayList<Delta>();
        if (asked.reasons()) {
            Pieces.ofProse(ChatProse.reasoning(asked)).forEach(piece -> deltas.add(new Delta.Reasoning(piece)));
        }
        if (calls.isEmpty()) {
            var said = beforeStop(text, asked.stops());
            (json ? Pieces.ofJson(said) : Pieces.ofProse(said)).forEach(piece -> deltas.add(new Delta.Text(piece)));
        }
        for (int i = 0; i < calls.size(); i++) {
            int index = i;
            deltas.add(
                    new Delta.CallStart(index, calls.get(i).id(), calls.get(i).name()));
            Pieces.ofJson(calls.get(i).arguments()).forEach(piece -> deltas.add(new Delta.Arguments(index, piece)));
        }
        return new ChatChoice(List.copyOf(deltas), calls.isEmpty() ? "stop" : "tool_calls").within(asked.limit());
    }

    private ChatChoice within(int limit) {
        if (tokens() <= limit) {
            return this;
        }
        int tokens = 0;
        int end = 0;
        while (tokens < limit) {
            tokens += deltas.get(end++).token() ? 1 : 0;
        }
        return new ChatChoice(deltas.subList(0, end), "length");
    }

    private static String beforeStop(String text, List<String> stops) {
        int end = text.length();
        for (var stop : stops) {
            int at = text.indexOf(stop);
            end = at < 0 ? end : Math.min(end, at);
        }
        return text.substring(0, end);
    }

    int tokens() {
        return (int) deltas.stream().filter(Delta::token).count();
    }

    int reasoningTokens() {
        return (int) deltas.stream().filter(Delta.Reasoning.class::isInstance).count();
    }

    String text() {
        return deltas.stream()
                .map(delta -> delta instanceof Delta.Text(var text) ? text : "")
                .collect(Collectors.joining());
    }

    String reasoning() {
        return deltas.stream()
                .map(delta -> delta instanceof Delta.Reasoning(var text) ? text : "")
                .collect(Collectors.joining());
    }

    boolean calls() {
        return deltas.stream().anyMatch(Delta.CallStart.class::isInstance);
    }

    List<ToolCall> toolCalls() {
        var calls = new ArrayList<ToolCall>();
        for (var delta : deltas) {
            if (delta instanceof Delta.CallStart(var index, var id, var name)) {
                calls.add(new ToolCall(id, name, arguments(index)));
            }
        }
        return calls;
    }

    private String arguments(int call) {
        return deltas.stream()
                .map(delta -> delta instanceof Delta.Arguments(var index, var text) && index == call ? text : "")
                .collect(Collectors.joining());
    }
}
