package io.llmplatform.proxy.api.responses;

import static io.llmplatform.proxy.api.responses.Wire.again;
import static io.llmplatform.proxy.api.responses.Wire.begin;
import static io.llmplatform.proxy.api.responses.Wire.chat;
import static io.llmplatform.proxy.api.responses.Wire.hi;
import static io.llmplatform.proxy.api.responses.Wire.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AnswerTest {
    @Test
    void noKeyIsMissing() throws Exception {
        var answer = begin(hi(""))
                .answer(
                        json(
                                "{\"model\":\"up-1\",\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(again(answer)).isEqualTo(json("""
                                {"id":"resp_01k9","object":"response","created_at":1700000000,"status":"completed","background":false,
                                 "error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,
                                 "model":"up-1","output":[{"id":"msg_01k9_0","type":"message","status":"completed","role":"assistant",
                                   "content":[{"type":"output_text","text":"Hello","annotations":[],"logprobs":[]}]}],
                                 "parallel_tool_calls":true,"previous_response_id":null,"prompt_cache_key":null,
                                 "reasoning":{"effort":null,"summary":null},"safety_identifier":null,"service_tier":null,"store":true,
                                 "temperature":null,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_logprobs":null,
                                 "top_p":null,"truncation":"disabled",
                                 "usage":{"input_tokens":0,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},"output_tokens":0,
                                   "output_tokens_details":{"reasoning_tokens":0},"total_tokens":0},
                                 "user":null,"metadata":{}}"""));
    }

    @Test
    void whatWasAskedIsEchoed() throws Exception {
        var answer = again(begin("""
                                {"model":"m","input":"hi","instructions":"i","max_output_tokens":9,"temperature":0.5,"top_p":0.4,
                                 "parallel_tool_calls":false,"platform_previous_response_id":"resp_0","reasoning":{"effort":"low"},
                                 "store":false,"text":{"format":{"type":"json_object"},"verbosity":"high"},"metadata":{"a":"b"},
                                 "tool_choice":{"type":"function","name":"f"},"tools":[{"type":"function","name":"f"}],"user":"u"}""")
                .answer(json("{\"service_tier\":\"default\",\"choices\":[{\"message\":{\"content\":\"x\"}}]}")));
        assertThat(answer.get("model").stringValue()).isEqualTo("m");
        assertThat(answer.get("instructions").stringValue()).isEqualTo("i");
        assertThat(answer.get("max_output_tokens").intValue()).isEqualTo(9);
        assertThat(answer.get("temperature").doubleValue()).isEqualTo(0.5);
        assertThat(answer.get("parallel_tool_calls").booleanValue()).isFalse();
        assertThat(answer.get("previous_response_id").stringValue()).isEqualTo("resp_0");
        assertThat(answer.get("reasoning")).isEqualTo(json("{\"effort\":\"low\",\"summary\":null}"));
        assertThat(answer.get("store").booleanValue()).isFalse();
        assertThat(answer.get("text"))
                .isEqualTo(json("{\"format\":{\"type\":\"json_object\"},\"verbosity\":\"high\"}"));
        assertThat(answer.get("metadata")).isEqualTo(json("{\"a\":\"b\"}"));
        assertThat(answer.get("tool_choice")).isEqualTo(json("{\"type\":\"function\",\"name\":\"f\"}"));
        assertThat(answer.at("/tools/0"))
                .isEqualTo(
                        json(
                                "{\"type\":\"function\",\"name\":\"f\",\"description\":null,\"parameters\":null,\"strict\":false}"));
        assertThat(answer.get("service_tier").stringValue()).isEqualTo("default");
    }

    @Test
    void reasoningTextAndCallsAreItemsAndUsageHasItsDetails() throws Exception {
        var answer = again(begin(hi("\"tools\":[{\"type\":\"custom\",\"name\":\"apply_patch\"}]"))
                .answer(json("""
                                        {"model":"up-1","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant",
                                          "reasoning_content":"hm","content":"I patch","refusal":null,"tool_calls":[
                                            {"id":"c1","type":"function","function":{"name":"apply_patch","arguments":"{\\"input\\":\\"***\\"}"}},
                                            {"id":"c2","type":"function","function":{"name":"other","arguments":""}}]}}],
                                         "usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12,
                                          "prompt_tokens_details":{"cached_tokens":3,"cache_creation_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}}}""")));
        assertThat(answer.get("output")).isEqualTo(json("""
                                        {"o":[{"id":"rs_01k9_0","type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},
                                         {"id":"msg_01k9_1","type":"message","status":"completed","role":"assistant",
                                          "content":[{"type":"output_text","text":"I patch","annotations":[],"logprobs":[]}]},
                                         {"id":"ctc_01k9_2","type":"custom_tool_call","status":"completed","call_id":"c1","name":"apply_patch","input":"***"},
                                         {"id":"fc_01k9_3","type":"function_call","status":"completed","call_id":"c2","name":"other","arguments":"{}"}]}""").get("o"));
        assertThat(answer.get("usage")).isEqualTo(json("""
                                {"input_tokens":7,"input_tokens_details":{"cached_tokens":3,"cache_write_tokens":1},"output_tokens":5,
                                 "output_tokens_details":{"reasoning_tokens":2},"total_tokens":12}"""));
    }

    @Test
    void beingCutIsSaid() throws Exception {
        var answer = again(begin(hi(""))
                .answer(json("{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"Hel\"}}]}")));
        assertThat(answer.get("status").stringValue()).isEqualTo("incomplete");
        assertThat(answer.get("incomplete_details")).isEqualTo(json("{\"reason\":\"max_output_tokens\"}"));
        assertThat(answer.at("/output/0/status").stringValue()).isEqualTo("incomplete");
        answer = again(
                begin(hi("")).answer(json("{\"choices\":[{\"finish_reason\":\"content_filter\",\"message\":{}}]}")));
        assertThat(answer.get("incomplete_details")).isEqualTo(json("{\"reason\":\"content_filter\"}"));
        assertThat(answer.get("output")).isEmpty();
    }

    @Test
    void signedThinkingAndThoughtSignaturesComeBackUnchanged() throws Exception {
        var message = """
                {"role":"assistant","content":null,"reasoning_content":"hm",
                 "thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"sig=="},{"type":"redacted_thinking","data":"xx"}],
                 "tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"},
                   "extra_content":{"google":{"thought_signature":"ts+/="}}}]}""";
        var answer = begin(hi(""))
                .answer(json("{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":" + message + "}]}"));
        var callId = answer.at("/output/1/call_id").stringValue();
        assertThat(callId).startsWith("c1~x~").matches("[A-Za-z0-9_~-]+");

        var messages = replay(answer.get("output"), callId);
        assertThat(messages.get(0)).isEqualTo(json(message));
        assertThat(messages.get(1)).isEqualTo(json("{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"ok\"}"));
    }

    @Test
    void reasoningIsSealedForWhoeverAsks() throws Exception {
        var answer = begin(hi("\"include\":[\"reasoning.encrypted_content\"]"))
                .answer(json("{\"choices\":[{\"message\":{\"reasoning_content\":\"hm\",\"content\":\"x\"}}]}"));
        var sealed = answer.at("/output/0/encrypted_content").stringValue();
        // As Codex sends it back: without id, the summary gone.
        var messages =
                chat("{\"model\":\"m\",\"input\":[{\"type\":\"reasoning\",\"summary\":[],\"content\":null,\"encrypted_content\":\""
                                + sealed + "\"},{\"role\":\"assistant\",\"content\":\"x\"}]}")
                        .get("messages");
        assertThat(messages.get(0))
                .isEqualTo(json("{\"role\":\"assistant\",\"content\":\"x\",\"reasoning_content\":\"hm\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":[{\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"c\"}]}}]}"
            })
    void whatIsNoCompletionIsNotTranslated(String answer) throws Exception {
        var exchange = begin(hi(""));
        assertThatThrownBy(() -> exchange.answer(json(answer))).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode replay(JsonNode output, String callId) throws Exception {
        var request = json("{\"model\":\"m\",\"input\":[]}");
        request.withArray("input").addAll(output.values());
        request.withArray("input")
                .addObject()
                .put("type", "function_call_output")
                .put("call_id", callId)
                .put("output", "ok");
        return chat(request.toString()).get("messages");
    }
}
