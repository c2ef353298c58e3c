package io.llmplatform.proxy.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.wire.ApiError;
import org.junit.jupiter.api.Test;

class StreamFormTest {
    private static final ApiError ERROR = ApiError.upstream(502, "upstream_broken", "The provider's answer broke off.");

    @Test
    void aChatStreamBreaksWithAnErrorAndItsEndMark() {
        var events = StreamForm.of(Operation.CHAT, "req_1").broken(ERROR);
        assertThat(events)
                .extracting(event -> new String(event.data(), UTF_8))
                .containsExactly(ERROR.toJson(), "[DONE]");
        assertThat(events).extracting(SseEvent::name).containsOnlyNulls();
    }

    @Test
    void aMessageStreamBreaksWithAnthropicsError() {
        var events = StreamForm.of(Operation.MESSAGES, "req_1").broken(ERROR);
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().name()).isEqualTo("error");
        assertThat(ContractJson.mapper().readTree(events.getFirst().data()))
                .isEqualTo(ContractJson.mapper()
                        .readTree("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
                                + "\"The provider's answer broke off.\"},\"request_id\":\"req_1\"}"));
    }

    @Test
    void aResponseThatBreaksFailsAsTheOneThatWasBegun() {
        var form = StreamForm.of(Operation.RESPONSES, "req_1");
        form.passed(SseEvent.of(
                "response.created",
                "{\"type\":\"response.created\",\"sequence_number\":0,\"response\":"
                        + "{\"id\":\"resp_1\",\"status\":\"in_progress\",\"error\":null,\"output\":[]}}"));
        form.passed(SseEvent.of("response.output_text.delta", "{\"sequence_number\":1}"));
        var events = form.broken(ERROR);
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().name()).isEqualTo("response.failed");
        assertThat(ContractJson.mapper().readTree(events.getFirst().data()))
                .isEqualTo(ContractJson.mapper()
                        .readTree("{\"type\":\"response.failed\",\"sequence_number\":2,\"response\":"
                                + "{\"id\":\"resp_1\",\"status\":\"failed\",\"output\":[],\"error\":"
                                + "{\"code\":\"upstream_broken\",\"message\":\"The provider's answer broke off.\"}}}"));
    }
}
