package io.llmplatform.proxy.upstream.anthropic;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.llmplatform.proxy.api.messages.Translated;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessageToChatStreamTest {
    private static final String REQUEST =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String START = """
            {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":5,"cache_creation_input_tokens":0,"output_tokens":1}}}
            """;

    private final Translated chat = new Translated(new ChatToMessages());

    @Test
    void textThoughtsAndCallsWithOrdinalsOfTheirOwn() {
        var chunks = chat.stream(REQUEST, START + """
                {"type":"ping"}
                {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":" so"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}
                {"type":"content_block_stop","index":0}
                {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"ZA=="}}
                {"type":"content_block_stop","index":1}
                {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Lé"}}
                {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{}}}
                {"type":"content_block_delta","index":2,"delta":{"type":"of_tomorrow"}}
                {"type":"content_block_stop","index":2}
                {"type":"event_of_tomorrow","index":9}
                {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"w","input":{}}}
                {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}
                {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"c\\":"}}
                {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"1}"}}
                {"type":"content_block_stop","index":3}
                {"type":"content_block_start","index":4,"content_block":{"type":"text","text":"and"}}
                {"type":"content_block_stop","index":4}
                {"type":"content_block_start","index":5,"content_block":{"type":"tool_use","id":"toolu_2","name":"now","input":{}}}
                {"type":"content_block_delta","index":5,"delta":{"type":"input_json_delta","partial_json":""}}
                {"type":"content_block_stop","index":5}
                {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":20,"output_tokens_details":{"thinking_tokens":4}}}
                {"type":"message_stop"}
                """, true);
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("id").asString("")).isEqualTo("msg_1");
            assertThat(chunk.path("object").asString("")).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("created").asLong(0)).isEqualTo(1700000000);
            assertThat(chunk.path("model").asString("")).isEqualTo("claude-x");
        });
        assertThat(deltas(chunks)).isEqualTo(Translated.lines("""
                {"role":"assistant","content":""}
                {"reasoning_content":"hm"}
                {"reasoning_content":" so"}
                {"thinking_blocks":[{"type":"thinking","thinking":"hm so","signature":"c2ln"}]}
                {"thinking_blocks":[{"type":"redacted_thinking","data":"ZA=="}]}
                {"content":"Lé"}
                {"tool_calls":[{"index":0,"id":"toolu_1","type":"function","function":{"arguments":"","name":"w"}}]}
                {"tool_calls":[{"index":0,"function":{"arguments":"{\\"c\\":"}}]}
                {"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}
                {"content":"and"}
                {"tool_calls":[{"index":1,"id":"toolu_2","type":"function","function":{"arguments":"","name":"now"}}]}
                {"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}
                {}
                """));
        assertThat(tail(chunks)).isEqualTo(Translated.lines("""
                {"id":"msg_1","object":"chat.completion.chunk","created":1700000000,"model":"claude-x","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
                {"id":"msg_1","object":"chat.completion.chunk","created":1700000000,"model":"claude-x","choices":[],"usage":{"prompt_tokens":15,"completion_tokens":20,"total_tokens":35,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":4}}}
                """));
    }

    @Test
    void inputThatIsThereFromTheStart() {
        assertThat(deltas(chat.stream(REQUEST, START + """
                {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"w","input":{"c":1}}}
                {"type":"content_block_stop","index":0}
                """, false))).isEqualTo(Translated.lines("""
                {"role":"assistant","content":""}
                {"tool_calls":[{"index":0,"id":"t","type":"function","function":{"arguments":"","name":"w"}}]}
                {"tool_calls":[{"index":0,"function":{"arguments":"{\\"c\\":1}"}}]}
                """));
    }

    @Test
    void countsAreTotalsAndTheLastWins() {
        var usage = chat.stream(REQUEST, START + """
                {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"input_tokens":12,"cache_creation_input_tokens":2,"cache_read_input_tokens":null,"output_tokens_details":null,"output_tokens":3}}
                {"type":"message_stop"}
                """, true).getLast().path("usage");
        assertThat(usage).isEqualTo(json("""
                {"prompt_tokens":19,"completion_tokens":3,"total_tokens":22,
                 "prompt_tokens_details":{"cached_tokens":5,"cache_creation_tokens":2}}
                """));
    }

    @Test
    void aStreamThatBreaksOffHasNoEnd() {
        var chunks = chat.stream(REQUEST, START + """
                {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hal"}}
                """, true);
        assertThat(chunks).hasSize(2).allSatisfy(chunk -> {
            assertThat(chunk.path("choices").path(0).path("finish_reason").isNull())
                    .isTrue();
            assertThat(chunk.has("usage")).isFalse();
        });
        assertThat(chat.stream(REQUEST, "", true)).isEmpty();
    }

    @Test
    void theReasonIsEnoughOfAnEnd() {
        var chunks = chat.stream(REQUEST, START + """
                {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}
                """, true);
        assertThat(tail(chunks)
                        .getFirst()
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asString(""))
                .isEqualTo("stop");
        assertThat(chunks.getLast().path("usage").path("completion_tokens").asInt(0))
                .isEqualTo(3);
    }

    @Test
    void aRefusalInMidStream() {
        assertThat(deltas(chat.stream(REQUEST, START + """
                {"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"type":"refusal","category":null,"explanation":"Not this."}},"usage":{"output_tokens":3}}
                {"type":"message_stop"}
                """, true))).isEqualTo(Translated.lines("""
                {"role":"assistant","content":""}
                {"refusal":"Not this."}
                {}
                """));
    }

    @Test
    void anyJsonIsTextForTheClient() {
        var request = REQUEST.replace("\"model\"", "\"response_format\":{\"type\":\"json_object\"},\"model\"");
        var chunks = chat.stream(request, START + """
                {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"json_object","input":{}}}
                {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":":1}"}}
                {"type":"content_block_stop","index":0}
                {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":3}}
                {"type":"message_stop"}
                """, true);
        assertThat(deltas(chunks)).isEqualTo(Translated.lines("""
                {"role":"assistant","content":""}
                {"content":"{\\"a\\""}
                {"content":":1}"}
                {}
                """));
        assertThat(tail(chunks)
                        .getFirst()
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asString(""))
                .isEqualTo("stop");
    }

    @Test
    void outOfOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> chat.stream(REQUEST, """
                {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}
                """, false));
        assertThatIllegalArgumentException().isThrownBy(() -> chat.stream(REQUEST, START + START, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.stream(REQUEST, "{\"type\":\"message_stop\"}", false));
    }

    private static List<JsonNode> deltas(List<JsonNode> chunks) {
        return chunks.stream()
                .filter(chunk -> !chunk.path("choices").isEmpty())
                .map(chunk -> chunk.path("choices").path(0).path("delta"))
                .toList();
    }

    private static List<JsonNode> tail(List<JsonNode> chunks) {
        return chunks.subList(chunks.size() - 2, chunks.size());
    }
}
