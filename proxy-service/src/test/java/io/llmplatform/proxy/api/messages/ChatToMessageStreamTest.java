package io.llmplatform.proxy.api.messages;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChatToMessageStreamTest {
    private static final String REQUEST = "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final Translated messages = new Translated(new MessagesToChat());

    @Test
    void plainTextFromBeginningToEnd() {
        assertThat(messages.stream(REQUEST, """
                {"id":"","object":"chat.completion.chunk","model":"","choices":[],"prompt_filter_results":[]}
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-x","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"obfuscation":"x"}
                {"id":"chatcmpl-1","model":"gpt-x","choices":[{"index":0,"delta":{"content":"Gr"},"finish_reason":null}],"usage":null}
                {"id":"chatcmpl-1","model":"gpt-x","choices":[{"index":0,"delta":{"content":"üß"},"finish_reason":null}]}
                {"id":"chatcmpl-1","model":"gpt-x","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
                {"id":"chatcmpl-1","model":"gpt-x","choices":[],"usage":{"prompt_tokens":8,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":3}}}
                """, true)).isEqualTo(Translated.lines("""
                {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"gpt-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}
                {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Gr"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"üß"}}
                {"type":"content_block_stop","index":0}
                {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":3,"output_tokens":2}}
                {"type":"message_stop"}
                """));
    }

    @Test
    void thoughtsTextAndACallFollowOneAnother() {
        assertThat(body("""
                {"reasoning_content":"h"}
                {"reasoning_content":"m","content":null}
                {"content":"Let"}
                {"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"w","arguments":""}}]}
                {"content":"","tool_calls":[{"index":0,"function":{"arguments":"{\\"c\\""}}]}
                {"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}
                """, "tool_calls")).isEqualTo(Translated.lines("""
                {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"h"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"m"}}
                {"type":"content_block_stop","index":0}
                {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Let"}}
                {"type":"content_block_stop","index":1}
                {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"call_1","name":"w","input":{}}}
                {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"c\\""}}
                {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":":1}"}}
                {"type":"content_block_stop","index":2}
                """));
    }

    @Test
    void interleavedCallsAreUntangled() {
        assertThat(body("""
                {"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{"}}]}
                {"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{\\"y\\""}}]}
                {"content":"And "}
                {"tool_calls":[{"index":0,"function":{"arguments":"\\"x\\":1"}},{"index":1,"function":{"arguments":":2"}}]}
                {"content":"so."}
                {"tool_calls":[{"index":1,"function":{"arguments":"}"}}]}
                {"tool_calls":[{"index":0,"function":{"arguments":"}"}}]}
                """, "tool_calls")).isEqualTo(Translated.lines("""
                {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}
                {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\\"x\\":1"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"}"}}
                {"type":"content_block_stop","index":0}
                {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"g","input":{}}}
                {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"y\\":2}"}}
                {"type":"content_block_stop","index":1}
                {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"And so."}}
                {"type":"content_block_stop","index":2}
                """));
    }

    @Test
    void callsAfterOneAnotherStreamAsTheyCome() {
        assertThat(body("""
                {"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}},{"index":1,"id":"b","function":{"name":"g","arguments":"{\\"y\\""}}]}
                {"tool_calls":[{"index":1,"function":{"arguments":":2}"}}]}
                {"content":"done"}
                {"tool_calls":[{"index":0,"function":{"arguments":""}}]}
                """, "stop")).isEqualTo(Translated.lines("""
                {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}
                {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}
                {"type":"content_block_stop","index":0}
                {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"g","input":{}}}
                {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"y\\""}}
                {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":":2}"}}
                {"type":"content_block_stop","index":1}
                {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"done"}}
                {"type":"content_block_stop","index":2}
                """));
    }

    @Test
    void callsWithoutArgumentsIdsIndexesOrWithRepetitions() {
        assertThat(body("""
                {"tool_calls":[{"index":0,"id":"a","function":{"name":"no_"}}]}
                {"tool_calls":[{"index":0,"function":{"name":"args"}}]}
                {"tool_calls":[{"index":0,"id":"b","function":{"name":"f","arguments":"{\\"x\\""}}]}
                {"tool_calls":[{"index":0,"id":"b","function":{"name":"f","arguments":":1}"}}]}
                {"tool_calls":[{"id":"c","function":{"name":"g","arguments":"{"}}]}
                {"tool_calls":[{"function":{"arguments":"}"}}]}
                {"tool_calls":[{"index":9,"function":{"name":"h","arguments":"{}"},"extra_content":{"google":{"thought_signature":"s"}}}]}
                """, "tool_calls")).isEqualTo(Translated.lines("""
                {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"no_args","input":{}}}
                {"type":"content_block_stop","index":0}
                {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"f","input":{}}}
                {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"x\\":1}"}}
                {"type":"content_block_stop","index":1}
                {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"c","name":"g","input":{}}}
                {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{}"}}
                {"type":"content_block_stop","index":2}
                {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_req_1_3","name":"h","input":{},"extra_content":{"google":{"thought_signature":"s"}}}}
                {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{}"}}
                {"type":"content_block_stop","index":3}
                """));
    }

    @Test
    void signedThoughtsCloseTheirBlock() {
        assertThat(body("""
                {"reasoning_content":"one"}
                {"thinking_blocks":[{"type":"thinking","thinking":"one","signature":"MQ=="}]}
                {"thinking_blocks":[{"type":"redacted_thinking","data":"ZA=="}]}
                {"reasoning_content":"two"}
                {"thinking_blocks":[{"type":"thinking","thinking":"two","signature":"Mg=="}]}
                {"thinking_blocks":[{"type":"thinking","thinking":"","signature":"Mw=="}]}
                {"content":"x"}
                """, "stop")).isEqualTo(Translated.lines("""
                {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"one"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"MQ=="}}
                {"type":"content_block_stop","index":0}
                {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"ZA=="}}
                {"type":"content_block_stop","index":1}
                {"type":"content_block_start","index":2,"content_block":{"type":"thinking","thinking":"","signature":""}}
                {"type":"content_block_delta","index":2,"delta":{"type":"thinking_delta","thinking":"two"}}
                {"type":"content_block_delta","index":2,"delta":{"type":"signature_delta","signature":"Mg=="}}
                {"type":"content_block_stop","index":2}
                {"type":"content_block_start","index":3,"content_block":{"type":"thinking","thinking":"","signature":""}}
                {"type":"content_block_delta","index":3,"delta":{"type":"signature_delta","signature":"Mw=="}}
                {"type":"content_block_stop","index":3}
                {"type":"content_block_start","index":4,"content_block":{"type":"text","text":""}}
                {"type":"content_block_delta","index":4,"delta":{"type":"text_delta","text":"x"}}
                {"type":"content_block_stop","index":4}
                """));
    }

    @Test
    void thoughtsInPiecesThatAreToldTwice() {
        assertThat(body("""
                {"reasoning_content":"on","thinking_blocks":[{"type":"thinking","thinking":"on","signature":""}]}
                {"reasoning_content":"e","thinking_blocks":[{"type":"thinking","thinking":"e","signature":""}]}
                {"thinking_blocks":[{"type":"thinking","thinking":"","signature":"MQ=="}]}
                """, "stop")).isEqualTo(Translated.lines("""
                {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"on"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"e"}}
                {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"MQ=="}}
                {"type":"content_block_stop","index":0}
                """));
    }

    @Test
    void usageWithTheReasonBehindItOrNotAtAll() {
        var begin = "{\"choices\":[{\"delta\":{\"content\":\"four\"}}]}\n";
        var finish = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]%s}\n";
        var usage = ",\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":2}";
        var told = """
                {"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"input_tokens":8,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}}
                {"type":"message_stop"}
                """;
        assertThat(tail(messages.stream(REQUEST, begin + finish.formatted(usage), true)))
                .isEqualTo(Translated.lines(told));
        var behind = begin + finish.formatted("") + "{\"choices\":[]" + usage + "}\n{\"choices\":[]}";
        assertThat(tail(messages.stream(REQUEST, behind, true))).isEqualTo(Translated.lines(told));
        assertThat(tail(messages.stream(REQUEST, behind, false))).isEqualTo(Translated.lines(told));
        var earlier = "{\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n";
        assertThat(tail(messages.stream(REQUEST, earlier + behind, true))).isEqualTo(Translated.lines(told));
        assertThat(tail(messages.stream(REQUEST, begin + finish.formatted(""), true)))
                .isEqualTo(Translated.lines("""
                {"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"input_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1}}
                {"type":"message_stop"}
                """));
    }

    @Test
    void aStreamThatBreaksOffClosesItsBlockAndNothingElse() {
        var events = messages.stream(REQUEST, """
                {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}]}}]}
                {"choices":[{"delta":{"content":"waits"}}]}
                """, true);
        assertThat(events.stream().map(event -> event.path("type").asString("")))
                .containsExactly("message_start", "content_block_start", "content_block_delta", "content_block_stop");
        assertThat(messages.stream(REQUEST, "", true)).isEmpty();
    }

    @Test
    void emptyAnswersRefusalsAndOtherChoices() {
        assertThat(body("{}", "stop")).isEmpty();
        assertThat(body("{\"refusal\":\"No.\"}", "stop")).hasSize(3);
        assertThat(messages.stream(REQUEST, "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"a\"}}]}", false))
                .isEmpty();
    }

    @Test
    void whatNoClientCouldFollow() {
        assertThatIllegalArgumentException().isThrownBy(() -> body("""
                {"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}
                {"content":"x"}
                {"tool_calls":[{"index":0,"function":{"arguments":"1"}}]}
                """, "stop"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> body(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{}\"}}]}", "stop"));
    }

    /** The blocks of a stream of these deltas that ends with this reason. */
    private List<JsonNode> body(String deltas, String finish) {
        var chunks = new StringBuilder();
        deltas.lines().filter(line -> !line.isBlank()).forEach(delta -> chunks.append(
                        "{\"id\":\"c\",\"choices\":[{\"delta\":")
                .append(delta)
                .append("}]}\n"));
        chunks.append("{\"choices\":[{\"delta\":{},\"finish_reason\":\"")
                .append(finish)
                .append("\"}]}");
        var events = messages.stream(REQUEST, chunks.toString(), true);
        assertThat(events.getFirst().path("type")).isEqualTo(json("\"message_start\""));
        assertThat(events.getLast()).isEqualTo(json("{\"type\":\"message_stop\"}"));
        return events.subList(1, events.size() - 2);
    }

    private static List<JsonNode> tail(List<JsonNode> events) {
        return events.subList(events.size() - 2, events.size());
    }
}
