package io.llmplatform.proxy.api;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.wire.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** How a stream of one API lives, ends and breaks. One per call. */
public sealed class StreamForm {
    private static final SseEvent DONE = SseEvent.of(null, "[DONE]");

    public static StreamForm of(Operation operation, String requestId) {
        return switch (operation) {
            case CHAT, COMPLETIONS -> new Chat();
            case RESPONSES -> new Responses();
            case MESSAGES -> new Messages(requestId);
            default -> new StreamForm();
        };
    }

    private StreamForm() {}

    /** Told of every event that goes to the client. */
    public void passed(SseEvent event) {}

    /** The events that say that it broke, never a made-up end. */
    public List<SseEvent> broken(ApiError error) {
        return List.of(SseEvent.of("error", error.toJson()));
    }

    /** What stands behind the last event. */
    public @Nullable SseEvent endMark() {
        return null;
    }

    /** What shows the client that the connection lives; absent = a comment line. */
    public @Nullable SseEvent keepAlive() {
        return null;
    }

    /** Whether events carry their {@code type} as name. */
    public boolean named() {
        return true;
    }

    private static final class Chat extends StreamForm {
        @Override
        public List<SseEvent> broken(ApiError error) {
            return List.of(SseEvent.of(null, error.toJson()), DONE);
        }

        @Override
        public SseEvent endMark() {
            return DONE;
        }

        @Override
        public boolean named() {
            return false;
        }
    }

    private static final class Messages extends StreamForm {
        private static final SseEvent PING = SseEvent.of("ping", "{\"type\":\"ping\"}");
        private final String requestId;

        Messages(String requestId) {
            this.requestId = requestId;
        }

        @Override
        public List<SseEvent> broken(ApiError error) {
            return List.of(SseEvent.of("error", error.toAnthropicJson(requestId)));
        }

        @Override
        public SseEvent keepAlive() {
            return PING;
        }
    }

    /** Ends in {@code response.failed}, which carries the response as it was begun. */
    private static final class Responses extends StreamForm {
        private @Nullable SseEvent first;
        private long passed;

        @Override
        public void passed(SseEvent event) {
            if (first == null) {
                first = event;
            }
            passed++;
        }

        @Override
        public List<SseEvent> broken(ApiError error) {
            var failed = ContractJson.mapper().createObjectNode();
            failed.put("type", "response.failed").put("sequence_number", passed);
            var response = begun();
            response.put("status", "failed");
            response.putObject("error").put("code", error.codeOrType()).put("message", error.message());
            failed.set("response", response);
            return List.of(SseEvent.of("response.failed", failed.toString()));
        }

        private ObjectNode begun() {
            try {
                if (first != null
                        && ContractJson.mapper().readTree(first.data()).get("response")
                                instanceof ObjectNode response) {
                    return response;
                }
            } catch (JacksonException e) {
                // What began the stream was no event of this API: the failure stands alone.
                return ContractJson.mapper().createObjectNode();
            }
            return ContractJson.mapper().createObjectNode();
        }
    }
}
