package io.llmplatform.proxy.upstream.anthropic;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.llmplatform.proxy.api.messages.Translated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageToChatAnswerTest {
    private static final String REQUEST = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String JSON_REQUEST =
            REQUEST.replace("\"model\"", "\"response_format\":{\"type\":\"json_object\"},\"model\"");

    private final Translated chat = new Translated(new ChatToMessages());

    @Test
    void everythingAtOnce() {
        assertThat(chat.answer(REQUEST, """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
                 {"type":"thinking","thinking":"hm","signature":"c2ln"},
                 {"type":"redacted_thinking","data":"ZA=="},
                 {"type":"text","text":"Let me ","citations":[{"type":"char_location"}]},
                 {"type":"server_tool_use","id":"srv","name":"web_search","input":{}},
                 {"type":"text","text":"look."},
                 {"type":"tool_use","id":"toolu_1","name":"w","input":{"c":"Rom","n":1.50}},
                 {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],
                 "stop_reason":"tool_use","stop_sequence":null,
                 "usage":{"input_tokens":10,"cache_creation_input_tokens":3,"cache_read_input_tokens":5,"output_tokens":7,
                  "output_tokens_details":{"thinking_tokens":2},"service_tier":"standard"}}
                """)).isEqualTo(json("""
                {"id":"msg_1","object":"chat.completion","created":1700000000,"model":"claude-x","choices":[{"index":0,
                 "message":{"role":"assistant","content":"Let me look.","reasoning_content":"hm",
                  "thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"ZA=="}],
                  "tool_calls":[
                   {"id":"toolu_1","type":"function","function":{"name":"w","arguments":"{\\"c\\":\\"Rom\\",\\"n\\":1.50}"}},
                   {"id":"toolu_2","type":"function","function":{"name":"now","arguments":"{}"}}],
                  "refusal":null},
                 "logprobs":null,"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":18,"completion_tokens":7,"total_tokens":25,
                  "prompt_tokens_details":{"cached_tokens":5,"cache_creation_tokens":3},
                  "completion_tokens_details":{"reasoning_tokens":2}}}
                """));
    }

    @Test
    void callsWithoutText() {
        var said = chat.answer(REQUEST, """
                {"content":[{"type":"tool_use","id":"t","name":"n"}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}}
                """);
        assertThat(said).isEqualTo(json("""
                {"id":"chatcmpl-req_1","object":"chat.completion","created":1700000000,"model":"","choices":[{"index":0,
                 "message":{"role":"assistant","content":null,
                  "tool_calls":[{"id":"t","type":"function","function":{"name":"n","arguments":"{}"}}],"refusal":null},
                 "logprobs":null,"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":0}}}
                """));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "pause_turn, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "tool_use, tool_calls",
        "refusal, content_filter"
    })
    void reasons(String stopReason, String finishReason) {
        var choice = chat.answer(REQUEST, "{\"content\":[],\"stop_reason\":\"" + stopReason + "\"}")
                .path("choices")
                .path(0);
        assertThat(choice.path("finish_reason").asString("")).isEqualTo(finishReason);
        assertThat(choice.path("message"))
                .isEqualTo(json("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"));
    }

    @Test
    void aRefusalSaysWhy() {
        assertThat(chat.answer(REQUEST, """
                {"content":[{"type":"text","text":"I"}],"stop_reason":"refusal",
                 "stop_details":{"type":"refusal","category":"bio","explanation":"Not this."}}
                """).path("choices").path(0)).isEqualTo(json("""
                {"index":0,"message":{"role":"assistant","content":"I","refusal":"Not this."},
                 "logprobs":null,"finish_reason":"content_filter"}
                """));
    }

    @Test
    void anyJsonIsTextForTheClient() {
        assertThat(chat.answer(JSON_REQUEST, """
                {"content":[{"type":"tool_use","id":"t","name":"json_object","input":{"a":[1]}}],"stop_reason":"tool_use"}
                """).path("choices").path(0)).isEqualTo(json("""
                {"index":0,"message":{"role":"assistant","content":"{\\"a\\":[1]}","refusal":null},
                 "logprobs":null,"finish_reason":"stop"}
                """));
    }

    @Test
    void notAMessage() {
        assertThatIllegalArgumentException().isThrownBy(() -> chat.answer(REQUEST, "{\"choices\":[]}"));
    }
}
