package io.llmplatform.proxy.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import org.junit.jupiter.api.Test;

class MeterTest {
    private final TokenEstimate said = new TokenEstimate();

    @Test
    void aChunkTellsWhatTheBillNeeds() {
        var meter = Meter.of(Operation.CHAT, said);
        var facts = read(
                meter,
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"12345678\","
                        + "\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"arguments\":\"abcd\"}}]},"
                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}");
        assertThat(facts).isEqualTo(new Meter.Facts(true, false, true, true, false, false, null));
        assertThat(meter.usage()).isEqualTo(new Tokens(10, 5, 4, 2, false));
        assertThat(said.tokens()).isEqualTo(3);
    }

    @Test
    void usageWithoutChoicesIsNothingElse() {
        var facts = read(Meter.of(Operation.CHAT, said), "{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}");
        assertThat(facts.usageOnly()).isTrue();
    }

    @Test
    void theTextOfOlderCompletionsCounts() {
        var facts = read(
                Meter.of(Operation.COMPLETIONS, said),
                "{\"choices\":[{\"text\":\"abcd\",\"finish_reason\":\"length\"}]}");
        assertThat(facts.content() && facts.finished()).isTrue();
        assertThat(said.tokens()).isEqualTo(1);
    }

    @Test
    void anErrorAndABrokenTextAreToldApart() {
        var meter = Meter.of(Operation.CHAT, said);
        assertThat(read(meter, "{\"choices\":[").json()).isFalse();
        assertThat(read(meter, "{\"error\":{}}").error()).isTrue();
        assertThat(read(meter, "{\"error\":null}").error()).isFalse();
    }

    @Test
    void aResponseIsReadToItsTerminalEvent() {
        var meter = Meter.of(Operation.RESPONSES, said);
        assertThat(read(
                        meter,
                        "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"error\":null,\"usage\":null}}"))
                .isEqualTo(new Meter.Facts(true, false, false, false, false, false, null));
        assertThat(read(meter, "{\"type\":\"response.output_text.delta\",\"delta\":\"abcd\"}")
                        .content())
                .isTrue();
        var last = read(
                meter,
                "{\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":7,\"output_tokens\":3,"
                        + "\"input_tokens_details\":{\"cached_tokens\":2},"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":1}}}}");
        assertThat(last.last()).isTrue();
        assertThat(meter.usage()).isEqualTo(new Tokens(7, 3, 2, 1, false));
        assertThat(said.tokens()).isEqualTo(1);
    }

    @Test
    void aWholeResponseThatFailedIsNoErrorAnswer() {
        var whole =
                "{\"id\":\"r\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"x\"},\"output\":[]}";
        assertThat(read(Meter.of(Operation.RESPONSES, said), whole).error()).isFalse();
        assertThat(read(Meter.of(Operation.RESPONSES, said), "{\"error\":{\"code\":\"x\"}}")
                        .error())
                .isTrue();
    }

    @Test
    void aFailedResponseTellsWhy() {
        var meter = Meter.of(Operation.RESPONSES, said);
        var event =
                "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"server_error\"}}}";
        assertThat(read(meter, event).failure()).isEqualTo("server_error");
        var whole = "{\"object\":\"response\",\"status\":\"failed\",\"error\":{\"message\":\"no\"}}";
        assertThat(read(meter, whole).failure()).isEqualTo("upstream_failed");
        assertThat(read(meter, "{\"object\":\"response\",\"status\":\"completed\",\"error\":null}")
                        .failure())
                .isNull();
    }

    @Test
    void messagesAddUpFromStartAndEnd() {
        var meter = Meter.of(Operation.MESSAGES, said);
        read(
                meter,
                "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":90,"
                        + "\"cache_creation_input_tokens\":5,\"output_tokens\":1}}}");
        read(
                meter,
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"abcd\"}}");
        var end = read(
                meter,
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":42}}");
        assertThat(end.finished()).isTrue();
        assertThat(end.last()).isFalse();
        assertThat(read(meter, "{\"type\":\"message_stop\"}").last()).isTrue();
        assertThat(meter.usage()).isEqualTo(new Tokens(105, 42, 90, 0, false, new Tokens.Kinds(5, 0, 0, 0, 0)));
        assertThat(said.tokens()).isEqualTo(1);
        assertThat(read(meter, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}")
                        .error())
                .isTrue();
    }

    @Test
    void embeddingsHaveATotalOnly() {
        var meter = Meter.of(Operation.EMBEDDINGS, said);
        read(meter, "{\"object\":\"list\",\"data\":[{\"embedding\":[0.1]}],\"usage\":{\"total_tokens\":8}}");
        assertThat(meter.usage()).isEqualTo(new Tokens(8, 0, 0, 0, false));
    }

    private static Meter.Facts read(Meter meter, String json) {
        return meter.read(json.getBytes(UTF_8));
    }
}
