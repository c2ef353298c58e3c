package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.asking;
import static io.llmplatform.proxy.upstream.gemini.Chat.begin;
import static io.llmplatform.proxy.upstream.gemini.Chat.chunks;
import static io.llmplatform.proxy.upstream.gemini.Chat.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.llmplatform.proxy.translate.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatChunksTest {
    private static final String MODEL = "gemini-2.5-flash";
    private static final String ROLE =
            "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]";

    @Test
    void anEventWithAllInItBecomesADeltaEach() {
        chunks(
                stream(exchange(""), """
                {"candidates":[{"content":{"role":"model","parts":[{"thought":true,"text":"Hm"},{"text":"Hi"},
                  {"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"S1"},{"functionCall":{"name":"g"}},
                  {"text":"","thoughtSignature":"S2"}]},"finishReason":"STOP","index":0}],
                 "usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4,"totalTokenCount":7},"modelVersion":"v"}"""),
                "v",
                ROLE,
                delta("{\"reasoning_content\":\"Hm\"}"),
                delta("{\"content\":\"Hi\"}"),
                delta("""
                {"tool_calls":[{"index":0,"id":"call_01_0","type":"function",
                  "function":{"name":"f","arguments":"{\\"a\\":1}"},"extra_content":{"google":{"thought_signature":"S1"}}}]}"""),
                delta("""
                {"tool_calls":[{"index":1,"id":"call_01_1","type":"function","function":{"name":"g","arguments":"{}"}}]}"""),
                delta("{\"extra_content\":{\"google\":{\"thought_signature\":\"S2\"}}}"),
                finish(0, "tool_calls"),
                usage(3, 4, 0));
    }

    @Test
    void aFinishReasonInEveryEventAndUsageAtTheVeryEnd() {
        chunks(
                stream(
                        exchange(""),
                        "{\"usageMetadata\":{\"promptTokenCount\":3,\"thoughtsTokenCount\":2}}",
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\"}]}",
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]}}]}",
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\"}]}",
                        "{\"candidates\":[],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}"),
                MODEL,
                ROLE,
                delta("{\"content\":\"a\"}"),
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"call_01_0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                delta("{\"content\":\"b\"}"),
                finish(0, "tool_calls"),
                usage(3, 6, 2));
    }

    @Test
    void choicesThatInterleave() {
        chunks(
                stream(
                        exchange(",\"n\":2"),
                        "{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}",
                        "{\"candidates\":[{\"index\":0,\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]},\"finishReason\":\"STOP\"},"
                                + "{\"index\":1,\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]},\"finishReason\":\"MAX_TOKENS\"}]}"),
                MODEL,
                ROLE.replace("\"index\":0", "\"index\":1"),
                delta("{\"content\":\"b\"}").replace("\"index\":0", "\"index\":1"),
                ROLE,
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"call_01_0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                "\"choices\":[{\"index\":1,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_01_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":null}]",
                finish(0, "tool_calls"),
                finish(1, "length"));
    }

    @Test
    void aBlockedPromptEndsAsFiltered() {
        chunks(
                stream(exchange(""), "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}"),
                MODEL,
                ROLE,
                finish(0, "content_filter"));
    }

    @Test
    void withheldInMidStreamIsNoStop() {
        chunks(
                stream(
                        exchange(""),
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}",
                        "{\"candidates\":[{\"finishReason\":\"RECITATION\"}]}"),
                MODEL,
                ROLE,
                delta("{\"content\":\"a\"}"),
                finish(0, "content_filter"));
    }

    @Test
    void aStreamThatBreaksOffIsNotFinished() {
        chunks(
                stream(
                        exchange(""),
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"usageMetadata\":{\"promptTokenCount\":3}}"),
                MODEL,
                ROLE,
                delta("{\"content\":\"a\"}"));
        assertThat(stream(exchange(""))).isEmpty();
        assertThat(stream(exchange(""), "{\"usageMetadata\":{\"promptTokenCount\":3}}"))
                .isEmpty();
    }

    @Test
    void oneCallAtATimeAndLogprobsOfTheText() {
        chunks(
                stream(
                        exchange(",\"parallel_tool_calls\":false,\"logprobs\":true"),
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"},{\"functionCall\":{\"name\":\"f\"}},{\"functionCall\":{\"name\":\"g\"}}]},"
                                + "\"logprobsResult\":{\"chosenCandidates\":[{\"token\":\"a\",\"logProbability\":-1}]}}]}",
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"h\"}}]},\"finishReason\":\"STOP\"}]}"),
                MODEL,
                ROLE,
                "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-1,\"bytes\":[97],\"top_logprobs\":[]}],\"refusal\":null},\"finish_reason\":null}]",
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"call_01_0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                finish(0, "tool_calls"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":503,\"message\":\"overloaded\"}}",
                "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"args\":{}}}]}}]}"
            })
    void failuresBreakTheStreamOff(String event) {
        assertThatIllegalArgumentException().isThrownBy(() -> stream(exchange(""), event));
    }

    private static Exchange exchange(String fields) {
        return begin(asking(MODEL, ",\"stream\":true" + fields));
    }

    private static String delta(String delta) {
        return "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]";
    }

    private static String finish(int index, String reason) {
        return "\"choices\":[{\"index\":" + index + ",\"delta\":{},\"finish_reason\":\"" + reason + "\"}]";
    }

    private static String usage(int prompt, int completion, int reasoning) {
        return "\"choices\":[],\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion
                + ",\"total_tokens\":" + (prompt + completion) + ",\"prompt_tokens_details\":{\"cached_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":" + reasoning + "}}";
    }
}
