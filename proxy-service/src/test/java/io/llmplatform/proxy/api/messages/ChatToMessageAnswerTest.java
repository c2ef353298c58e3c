package io.llmplatform.proxy.api.messages;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ChatToMessageAnswerTest {
    private static final String REQUEST =
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final Translated messages = new Translated(new MessagesToChat());

    @Test
    void everythingAtOnce() {
        assertThat(messages.answer(REQUEST, """
                {"id":"chatcmpl-A.1","object":"chat.completion","created":1,"model":"gpt-x","choices":[{"index":0,
                 "message":{"role":"assistant","content":"Let me look.","reasoning_content":"hm",
                  "tool_calls":[
                   {"id":"call_1","type":"function","function":{"name":"w","arguments":"{\\"c\\":\\"Rom\\"}"},
                    "extra_content":{"google":{"thought_signature":"s"}}},
                   {"type":"function","function":{"name":"now","arguments":""}}]},
                 "logprobs":null,"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":18,"completion_tokens":7,"total_tokens":25,
                  "prompt_tokens_details":{"cached_tokens":5,"cache_creation_tokens":3},
                  "completion_tokens_details":{"reasoning_tokens":2}}}
                """)).isEqualTo(json("""
                {"id":"msg_A1","type":"message","role":"assistant","model":"gpt-x","content":[
                 {"type":"thinking","thinking":"hm","signature":""},
                 {"type":"text","text":"Let me look."},
                 {"type":"tool_use","id":"call_1","name":"w","input":{"c":"Rom"},"extra_content":{"google":{"thought_signature":"s"}}},
                 {"type":"tool_use","id":"toolu_req_1_1","name":"now","input":{}}],
                 "stop_reason":"tool_use","stop_sequence":null,
                 "usage":{"input_tokens":10,"cache_creation_input_tokens":3,"cache_read_input_tokens":5,"output_tokens":7,
                  "output_tokens_details":{"thinking_tokens":2}}}
                """));
    }

    @Test
    void signedThoughtsInPlaceOfTheirText() {
        assertThat(content("""
                {"content":"a","reasoning_content":"hm","thinking_blocks":[
                 {"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"ZA=="}]}
                """)).isEqualTo(json("""
                [{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"ZA=="},
                 {"type":"text","text":"a"}]
                """));
    }

    @Test
    void otherWaysToSayIt() {
        assertThat(
                        content(
                                "{\"content\":null,\"reasoning_content\":null,\"tool_calls\":null,\"reasoning\":\"hm\",\"refusal\":\"No.\"}"))
                .isEqualTo(json("""
                [{"type":"thinking","thinking":"hm","signature":""},{"type":"text","text":"No."}]
                """));
        assertThat(content("{\"content\":\"\"}")).isEqualTo(json("[]"));
    }

    @ParameterizedTest
    @CsvSource({
        "stop, end_turn",
        "length, max_tokens",
        "tool_calls, tool_use",
        "function_call, tool_use",
        "content_filter, refusal",
        "of_tomorrow, end_turn"
    })
    void reasons(String finishReason, String stopReason) {
        var answer = messages.answer(
                REQUEST,
                "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"" + finishReason + "\"}]}");
        assertThat(answer.path("stop_reason").asString("")).isEqualTo(stopReason);
        assertThat(answer.path("stop_sequence").isNull()).isTrue();
    }

    @Test
    void stopsThatSayMore() {
        var met = messages.answer(REQUEST, """
                {"choices":[{"message":{"content":"a"},"finish_reason":"stop","stop_reason":"END"}]}
                """);
        assertThat(met.path("stop_reason").asString("")).isEqualTo("stop_sequence");
        assertThat(met.path("stop_sequence").asString("")).isEqualTo("END");
        assertThat(messages.answer(REQUEST, """
                {"choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"t","arguments":"{}"}}]},"finish_reason":"stop"}]}
                """).path("stop_reason").asString(""))
                .isEqualTo("tool_use");
    }

    @Test
    void nothingToldOfIdModelAndUsage() {
        assertThat(messages.answer(
                        REQUEST, "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}"))
                .isEqualTo(json("""
                {"id":"msg_req_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"a"}],
                 "stop_reason":"end_turn","stop_sequence":null,
                 "usage":{"input_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}
                """));
    }

    @Test
    void deepSeeksCacheAndMoreCachedThanThereIs() {
        assertThat(messages.answer(REQUEST, """
                {"choices":[{"message":{"content":"a"}}],
                 "usage":{"prompt_tokens":10,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":null},"prompt_cache_hit_tokens":64}}
                """).path("usage")).isEqualTo(json("""
                {"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":64,"output_tokens":1}
                """));
    }

    @Test
    void halfACallIsNotHandedOver() {
        var cut = "{\"choices\":[{\"message\":{\"content\":\"a\",\"tool_calls\":[{\"id\":\"x\",\"function\":"
                + "{\"name\":\"t\",\"arguments\":\"{\\\"a\\\":\"}}]},\"finish_reason\":\"%s\"}]}";
        var answer = messages.answer(REQUEST, cut.formatted("length"));
        assertThat(answer.path("content")).isEqualTo(json("[{\"type\":\"text\",\"text\":\"a\"}]"));
        assertThat(answer.path("stop_reason").asString("")).isEqualTo("max_tokens");
        assertThatIllegalArgumentException().isThrownBy(() -> messages.answer(REQUEST, cut.formatted("tool_calls")));
    }

    @Test
    void notACompletion() {
        assertThatIllegalArgumentException().isThrownBy(() -> messages.answer(REQUEST, "{\"choices\":[]}"));
    }

    private JsonNode content(String message) {
        return messages.answer(REQUEST, "{\"choices\":[{\"message\":" + message + ",\"finish_reason\":\"stop\"}]}")
                .path("content");
    }
}
