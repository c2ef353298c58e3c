package io.llmplatform.proxy.api.responses;

import static io.llmplatform.proxy.api.responses.Wire.chunk;
import static io.llmplatform.proxy.api.responses.Wire.hi;
import static io.llmplatform.proxy.api.responses.Wire.json;
import static io.llmplatform.proxy.api.responses.Wire.stream;
import static io.llmplatform.proxy.api.responses.Wire.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Expected events one a line; of a response only what changes, the rest is in {@link AnswerTest}. */
class StreamTest {
    private static final String USAGE =
            "\"usage\":{\"input_tokens\":7,\"input_tokens_details\":{\"cached_tokens\":3,\"cache_write_tokens\":0},\"output_tokens\":5,"
                    + "\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":12}";

    private static final String BEGIN = """
            {"type":"response.created","sequence_number":0,"response":{"id":"resp_01k9","model":"up-1","status":"in_progress","incomplete_details":null,"output":[],"usage":null}}
            {"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_01k9","model":"up-1","status":"in_progress","incomplete_details":null,"output":[],"usage":null}}
            """;

    @Test
    void text() throws Exception {
        assertEvents(
                stream(
                        hi("\"stream\":true"),
                        List.of(
                                chunk("{\"role\":\"assistant\",\"content\":\"\"}", ""),
                                chunk("{\"content\":\"Hel\"}", ""),
                                chunk("{\"content\":\"lo 你\"}", ""),
                                chunk("{}", "stop"),
                                usage())),
                BEGIN + """
                        {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_01k9_0","type":"message","status":"in_progress","role":"assistant","content":[]}}
                        {"type":"response.content_part.added","sequence_number":3,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}
                        {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"delta":"Hel","logprobs":[]}
                        {"type":"response.output_text.delta","sequence_number":5,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"delta":"lo 你","logprobs":[]}
                        {"type":"response.output_text.done","sequence_number":6,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"text":"Hello 你","logprobs":[]}
                        {"type":"response.content_part.done","sequence_number":7,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hello 你","annotations":[],"logprobs":[]}}
                        {"type":"response.output_item.done","sequence_number":8,"output_index":0,"item":{"id":"msg_01k9_0","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hello 你","annotations":[],"logprobs":[]}]}}
                        {"type":"response.completed","sequence_number":9,"response":{"id":"resp_01k9","model":"up-1","status":"completed","incomplete_details":null,"output":[{"id":"msg_01k9_0","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hello 你","annotations":[],"logprobs":[]}]}],%s}}
                        """.formatted(USAGE));
    }

    @Test
    void reasoningTextAndTwoCalls() throws Exception {
        var finish = chunk("{}", "tool_calls");
        finish.set("usage", usage().get("usage"));
        assertEvents(
                stream(
                        hi("\"stream\":true"),
                        List.of(
                                chunk("{\"role\":\"assistant\"}", ""),
                                chunk("{\"reasoning_content\":\"h\"}", ""),
                                chunk("{\"reasoning_content\":\"m\"}", ""),
                                chunk("{\"content\":\"I call\"}", ""),
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
                                        ""),
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]}",
                                        ""),
                                chunk(
                                        "{\"tool_calls\":[{\"index\":1,\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}},"
                                                + "{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}",
                                        ""),
                                finish)),
                BEGIN + """
                        {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_01k9_0","type":"reasoning","summary":[]}}
                        {"type":"response.reasoning_summary_part.added","sequence_number":3,"item_id":"rs_01k9_0","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}
                        {"type":"response.reasoning_summary_text.delta","sequence_number":4,"item_id":"rs_01k9_0","output_index":0,"summary_index":0,"delta":"h"}
                        {"type":"response.reasoning_summary_text.delta","sequence_number":5,"item_id":"rs_01k9_0","output_index":0,"summary_index":0,"delta":"m"}
                        {"type":"response.reasoning_summary_text.done","sequence_number":6,"item_id":"rs_01k9_0","output_index":0,"summary_index":0,"text":"hm"}
                        {"type":"response.reasoning_summary_part.done","sequence_number":7,"item_id":"rs_01k9_0","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"hm"}}
                        {"type":"response.output_item.done","sequence_number":8,"output_index":0,"item":{"id":"rs_01k9_0","type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]}}
                        {"type":"response.output_item.added","sequence_number":9,"output_index":1,"item":{"id":"msg_01k9_1","type":"message","status":"in_progress","role":"assistant","content":[]}}
                        {"type":"response.content_part.added","sequence_number":10,"item_id":"msg_01k9_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}
                        {"type":"response.output_text.delta","sequence_number":11,"item_id":"msg_01k9_1","output_index":1,"content_index":0,"delta":"I call","logprobs":[]}
                        {"type":"response.output_text.done","sequence_number":12,"item_id":"msg_01k9_1","output_index":1,"content_index":0,"text":"I call","logprobs":[]}
                        {"type":"response.content_part.done","sequence_number":13,"item_id":"msg_01k9_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"I call","annotations":[],"logprobs":[]}}
                        {"type":"response.output_item.done","sequence_number":14,"output_index":1,"item":{"id":"msg_01k9_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"I call","annotations":[],"logprobs":[]}]}}
                        {"type":"response.output_item.added","sequence_number":15,"output_index":2,"item":{"id":"fc_01k9_2","type":"function_call","status":"in_progress","call_id":"c1","name":"f","arguments":""}}
                        {"type":"response.function_call_arguments.delta","sequence_number":16,"item_id":"fc_01k9_2","output_index":2,"delta":"{\\"a\\""}
                        {"type":"response.output_item.added","sequence_number":17,"output_index":3,"item":{"id":"fc_01k9_3","type":"function_call","status":"in_progress","call_id":"c2","name":"g","arguments":""}}
                        {"type":"response.function_call_arguments.delta","sequence_number":18,"item_id":"fc_01k9_3","output_index":3,"delta":"{}"}
                        {"type":"response.function_call_arguments.delta","sequence_number":19,"item_id":"fc_01k9_2","output_index":2,"delta":":1}"}
                        {"type":"response.function_call_arguments.done","sequence_number":20,"item_id":"fc_01k9_2","output_index":2,"name":"f","arguments":"{\\"a\\":1}"}
                        {"type":"response.output_item.done","sequence_number":21,"output_index":2,"item":{"id":"fc_01k9_2","type":"function_call","status":"completed","call_id":"c1","name":"f","arguments":"{\\"a\\":1}"}}
                        {"type":"response.function_call_arguments.done","sequence_number":22,"item_id":"fc_01k9_3","output_index":3,"name":"g","arguments":"{}"}
                        {"type":"response.output_item.done","sequence_number":23,"output_index":3,"item":{"id":"fc_01k9_3","type":"function_call","status":"completed","call_id":"c2","name":"g","arguments":"{}"}}
                        {"type":"response.completed","sequence_number":24,"response":{"id":"resp_01k9","model":"up-1","status":"completed","incomplete_details":null,"output":[{"id":"rs_01k9_0","type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},{"id":"msg_01k9_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"I call","annotations":[],"logprobs":[]}]},{"id":"fc_01k9_2","type":"function_call","status":"completed","call_id":"c1","name":"f","arguments":"{\\"a\\":1}"},{"id":"fc_01k9_3","type":"function_call","status":"completed","call_id":"c2","name":"g","arguments":"{}"}],%s}}
                        """.formatted(USAGE));
    }

    @Test
    void customToolAndRefusal() throws Exception {
        assertEvents(
                stream(
                        hi("\"tools\":[{\"type\":\"custom\",\"name\":\"apply_patch\"}]"),
                        List.of(
                                chunk("{\"role\":\"assistant\",\"refusal\":\"No\"}", ""),
                                chunk("{\"refusal\":\".\"}", ""),
                                chunk("{\"tool_calls\":[{\"index\":0,\"id\":\"c1\"}]}", ""),
                                chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"inp\"}}]}", ""),
                                chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"apply_patch\"}}]}", ""),
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"ut\\\":\\\"*\\\\n*\\\"}\"}}]}",
                                        ""),
                                chunk("{}", "stop"),
                                usage())),
                BEGIN + """
                        {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_01k9_0","type":"message","status":"in_progress","role":"assistant","content":[]}}
                        {"type":"response.content_part.added","sequence_number":3,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"part":{"type":"refusal","refusal":""}}
                        {"type":"response.refusal.delta","sequence_number":4,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"delta":"No"}
                        {"type":"response.refusal.delta","sequence_number":5,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"delta":"."}
                        {"type":"response.refusal.done","sequence_number":6,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"refusal":"No."}
                        {"type":"response.content_part.done","sequence_number":7,"item_id":"msg_01k9_0","output_index":0,"content_index":0,"part":{"type":"refusal","refusal":"No."}}
                        {"type":"response.output_item.done","sequence_number":8,"output_index":0,"item":{"id":"msg_01k9_0","type":"message","status":"completed","role":"assistant","content":[{"type":"refusal","refusal":"No."}]}}
                        {"type":"response.output_item.added","sequence_number":9,"output_index":1,"item":{"id":"ctc_01k9_1","type":"custom_tool_call","status":"in_progress","call_id":"c1","name":"apply_patch","input":""}}
                        {"type":"response.custom_tool_call_input.delta","sequence_number":10,"item_id":"ctc_01k9_1","output_index":1,"delta":"*\\n*"}
                        {"type":"response.custom_tool_call_input.done","sequence_number":11,"item_id":"ctc_01k9_1","output_index":1,"input":"*\\n*"}
                        {"type":"response.output_item.done","sequence_number":12,"output_index":1,"item":{"id":"ctc_01k9_1","type":"custom_tool_call","status":"completed","call_id":"c1","name":"apply_patch","input":"*\\n*"}}
                        {"type":"response.completed","sequence_number":13,"response":{"id":"resp_01k9","model":"up-1","status":"completed","incomplete_details":null,"output":[{"id":"msg_01k9_0","type":"message","status":"completed","role":"assistant","content":[{"type":"refusal","refusal":"No."}]},{"id":"ctc_01k9_1","type":"custom_tool_call","status":"completed","call_id":"c1","name":"apply_patch","input":"*\\n*"}],%s}}
                        """.formatted(USAGE));
    }

    @Test
    void aStreamThatWasCutEndsIncomplete() throws Exception {
        var events = stream(hi(""), List.of(chunk("{\"content\":\"Hel\"}", ""), chunk("{}", "length"), usage()));
        var last = events.getLast();
        assertThat(last.get("type").stringValue()).isEqualTo("response.incomplete");
        assertThat(last.at("/response/status").stringValue()).isEqualTo("incomplete");
        assertThat(last.at("/response/incomplete_details")).isEqualTo(json("{\"reason\":\"max_output_tokens\"}"));
        assertThat(last.at("/response/output/0/status").stringValue()).isEqualTo("incomplete");
    }

    @Test
    void onlyTheLastItemIsTheOneThatWasCut() throws Exception {
        var calls = chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                        + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}",
                "length");
        var output = stream(hi(""), List.of(calls)).getLast().at("/response/output");
        assertThat(output.at("/0/status").stringValue()).isEqualTo("completed");
        assertThat(output.at("/1/status").stringValue()).isEqualTo("incomplete");
        assertThat(output.at("/1/arguments").stringValue()).isEqualTo("{");
    }

    @Test
    void aStreamWithoutAFinishReasonHasNoEnd() throws Exception {
        assertThat(stream(hi(""), List.of(chunk("{\"content\":\"Hel\"}", ""), usage()))
                        .getLast()
                        .get("type")
                        .stringValue())
                .isEqualTo("response.output_text.delta");
        assertThat(stream(hi(""), List.of())).isEmpty();
    }

    @Test
    void piecesOfSignedThinkingAreOneBlockAndRedactedOnesAreSilent() throws Exception {
        var events = stream(
                hi(""),
                List.of(
                        chunk(
                                "{\"reasoning_content\":\"h\",\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"h\",\"signature\":\"\"}]}",
                                ""),
                        chunk(
                                "{\"reasoning_content\":\"m\",\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"m\"}]}",
                                ""),
                        chunk(
                                "{\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"sig\"}]}",
                                ""),
                        chunk("{\"thinking_blocks\":[{\"type\":\"redacted_thinking\",\"data\":\"xx\"}]}", ""),
                        chunk("{\"content\":\"x\"}", "stop")));
        var item = events.getLast().at("/response/output/0");
        var sealed = ReasoningSeal.open(item.get("encrypted_content"));
        assertThat(item.at("/summary/0/text").stringValue()).isEqualTo("hm");
        assertThat((JsonNode) sealed).isEqualTo(json("""
                                {"reasoning_content":"hm","thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"sig"},
                                 {"type":"redacted_thinking","data":"xx"}]}"""));
    }

    @Test
    void logprobsComeAlong() throws Exception {
        var chunk = chunk("{\"content\":\"a\"}", "stop");
        ((ObjectNode) chunk.at("/choices/0"))
                .set(
                        "logprobs",
                        json("{\"content\":[{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97],\"top_logprobs\":[]}]}"));
        var events = stream(hi("\"top_logprobs\":1"), List.of(chunk));
        assertThat(events.get(4).at("/logprobs/0/token").stringValue()).isEqualTo("a");
        assertThat(events.getLast().at("/response/output/0/content/0/logprobs")).hasSize(1);
    }

    @Test
    void citationsComeAlong() throws Exception {
        var events = stream(
                hi(""),
                List.of(
                        chunk("{\"content\":\"a\"}", ""),
                        chunk(
                                "{\"annotations\":[{\"type\":\"other\"},{\"type\":\"url_citation\",\"url_citation\":"
                                        + "{\"start_index\":0,\"end_index\":1,\"title\":\"t\",\"url\":\"https://x\"}}]}",
                                "stop")));
        assertThat(events.get(5)).isEqualTo(json("""
                                {"type":"response.output_text.annotation.added","sequence_number":5,"item_id":"msg_01k9_0","output_index":0,
                                 "content_index":0,"annotation_index":0,"annotation":
                                 {"type":"url_citation","start_index":0,"end_index":1,"title":"t","url":"https://x"}}"""));
        assertThat(events.getLast()
                        .at("/response/output/0/content/0/annotations/0/url")
                        .stringValue())
                .isEqualTo("https://x");
    }

    @Test
    void callsWithoutIndexAreToldApartByTheirIds() throws Exception {
        var output = stream(
                        hi(""),
                        List.of(
                                chunk(
                                        "{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}",
                                        ""),
                                chunk("{\"tool_calls\":[{\"function\":{\"arguments\":\"}\"}}]}", ""),
                                chunk(
                                        "{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}",
                                        ""),
                                chunk("{\"tool_calls\":[{\"function\":{\"name\":\"\"}}]}", "tool_calls")))
                .getLast()
                .at("/response/output");
        assertThat(output).hasSize(2);
        assertThat(output.at("/0/arguments").stringValue()).isEqualTo("{}");
        assertThat(output.at("/1/call_id").stringValue()).isEqualTo("b");
    }

    @Test
    void aCallNobodyGaveAnIdGetsOne() throws Exception {
        var events = stream(
                hi(""),
                List.of(chunk(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":2}\"}}]}",
                        "tool_calls")));
        assertThat(events.getLast().at("/response/output/0/call_id").stringValue())
                .isEqualTo("call_01k9_0");
        assertThat(events.getLast().at("/response/output/0/arguments").stringValue())
                .isEqualTo("{\"a\":2}");
    }

    @Test
    void chunksOfNoKnownShapeBreakTheStreamOff() throws Exception {
        var exchange = Wire.begin(hi(""));
        assertThatThrownBy(() -> exchange.event(json("{\"object\":\"x\"}"), event -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exchange.event(chunk("{}", "error"), event -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertEvents(List<JsonNode> actual, String lines) {
        var expected = new ArrayList<JsonNode>();
        lines.lines().forEach(line -> expected.add(json(line)));
        assertThat(actual.stream().map(StreamTest::shortened)).containsExactlyElementsOf(expected);
    }

    private static JsonNode shortened(JsonNode event) {
        if (event.get("response") instanceof ObjectNode response) {
            response.retain("id", "model", "status", "incomplete_details", "output", "usage");
        }
        return event;
    }
}
