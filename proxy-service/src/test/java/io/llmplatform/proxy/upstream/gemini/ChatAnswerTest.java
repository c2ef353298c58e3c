package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.asking;
import static io.llmplatform.proxy.upstream.gemini.Chat.begin;
import static io.llmplatform.proxy.upstream.gemini.Chat.same;
import static io.llmplatform.proxy.upstream.gemini.Chat.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ChatAnswerTest {
    @Test
    void thoughtsTextCallsAndUsage() {
        same(answer("", """
                {"candidates":[{"content":{"role":"model","parts":[
                   {"thought":true,"text":"Hm. "},{"thought":true,"text":"Yes.","thoughtSignature":"S0"},
                   {"text":"Let me "},{"text":"see."},
                   {"functionCall":{"id":"x","name":"w","args":{"city":"Zürich","n":1.50}},"thoughtSignature":"S1"},
                   {"functionCall":{"name":"w"}}]},"finishReason":"STOP","index":0,"safetyRatings":[]}],
                 "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":20,"thoughtsTokenCount":5,
                   "cachedContentTokenCount":4,"toolUsePromptTokenCount":2,"totalTokenCount":37},
                 "modelVersion":"gemini-2.5-flash-002","responseId":"r"}"""), """
                {"id":"chatcmpl-01","object":"chat.completion","created":1700000000,"model":"gemini-2.5-flash-002",
                 "choices":[{"index":0,"message":{"role":"assistant","content":"Let me see.","refusal":null,
                   "reasoning_content":"Hm. Yes.",
                   "tool_calls":[
                    {"id":"call_01_0","type":"function","function":{"name":"w","arguments":"{\\"city\\":\\"Zürich\\",\\"n\\":1.50}"},
                     "extra_content":{"google":{"thought_signature":"S1"}}},
                    {"id":"call_01_1","type":"function","function":{"name":"w","arguments":"{}"}}],
                   "extra_content":{"google":{"thought_signature":"S0"}}},
                   "logprobs":null,"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":12,"completion_tokens":25,"total_tokens":37,
                   "prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":5}}}""");
    }

    @Test
    void severalChoicesKeepTheirPlacesAndIdsNeverMeet() {
        same(answer(",\"n\":2", """
                {"candidates":[
                  {"index":1,"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP"},
                  {"content":{"parts":[{"functionCall":{"name":"f"}}]},"index":0,"finishReason":"MAX_TOKENS"}]}"""), """
                {"id":"chatcmpl-01","object":"chat.completion","created":1700000000,"model":"gemini-2.5-flash","choices":[
                 {"index":1,"message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[
                   {"id":"call_01_0","type":"function","function":{"name":"f","arguments":"{}"}}]},
                   "logprobs":null,"finish_reason":"tool_calls"},
                 {"index":0,"message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[
                   {"id":"call_01_1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                   "logprobs":null,"finish_reason":"length"}]}""");
    }

    @Test
    void aBlockedPromptIsAChoiceThatWasFiltered() {
        same(
                answer(
                        "",
                        "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":7,\"totalTokenCount\":7}}"),
                """
                {"id":"chatcmpl-01","object":"chat.completion","created":1700000000,"model":"gemini-2.5-flash",
                 "choices":[{"index":0,"message":{"role":"assistant","content":"","refusal":null},"logprobs":null,
                   "finish_reason":"content_filter"}],
                 "usage":{"prompt_tokens":7,"completion_tokens":0,"total_tokens":7,
                   "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}""");
    }

    @Test
    void thinkingThatAteTheLimitIsLength() {
        var answer = answer(
                "",
                "{\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"MAX_TOKENS\"}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":3,\"thoughtsTokenCount\":9,\"totalTokenCount\":12}}");
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("length");
        assertThat(answer.at("/choices/0/message/content").stringValue()).isEmpty();
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,stop",
        "MAX_TOKENS,length",
        "SAFETY,content_filter",
        "RECITATION,content_filter",
        "BLOCKLIST,content_filter",
        "PROHIBITED_CONTENT,content_filter",
        "SPII,content_filter",
        "IMAGE_SAFETY,content_filter",
        "LANGUAGE,content_filter",
        "OTHER,content_filter",
        "OF_NEXT_YEAR,content_filter"
    })
    void finishReasons(String gemini, String chat) {
        assertThat(answer("", candidate(gemini)).at("/choices/0/finish_reason").stringValue())
                .isEqualTo(chat);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MALFORMED_FUNCTION_CALL",
                "UNEXPECTED_TOOL_CALL",
                "MALFORMED_RESPONSE",
                "TOO_MANY_TOOL_CALLS",
                "MISSING_THOUGHT_SIGNATURE"
            })
    void aModelThatFailedGaveNoAnswer(String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answer("", candidate(reason)))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"candidates\":[]}",
                "{\"candidates\":\"x\"}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{}}]},\"finishReason\":\"STOP\"}]}"
            })
    void whatIsNoAnswerIsNotTakenForOne(String upstream) {
        assertThatIllegalArgumentException().isThrownBy(() -> answer("", upstream));
    }

    @Test
    void oneCallAtATimeMeansTheFirst() {
        var calls = answer(",\"parallel_tool_calls\":false", """
                        {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"},"thoughtSignature":"S"},
                        {"functionCall":{"name":"g"}}]},"finishReason":"STOP"}]}""").at("/choices/0/message/tool_calls");
        same(calls, """
                [{"id":"call_01_0","type":"function","function":{"name":"f","arguments":"{}"},
                  "extra_content":{"google":{"thought_signature":"S"}}}]""");
    }

    @Test
    void logprobsAndPictures() {
        var choice = answer(",\"logprobs\":true", """
                        {"candidates":[{"content":{"parts":[{"text":"é"},{"inlineData":{"mimeType":"image/png","data":"AA=="}}]},
                         "finishReason":"STOP","logprobsResult":{"chosenCandidates":[{"token":"é","logProbability":-0.5}],
                         "topCandidates":[{"candidates":[{"token":"é","logProbability":-0.5},{"token":"e","logProbability":-2}]}]}}]}""").at("/choices/0");
        same(choice, """
                {"index":0,"message":{"role":"assistant","content":"é","refusal":null,
                  "images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},
                 "logprobs":{"content":[{"token":"é","logprob":-0.5,"bytes":[195,169],"top_logprobs":[
                   {"token":"é","logprob":-0.5,"bytes":[195,169]},{"token":"e","logprob":-2,"bytes":[101]}]}],"refusal":null},
                 "finish_reason":"stop"}""");
    }

    private static String candidate(String reason) {
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"" + reason + "\"}]}";
    }

    private static ObjectNode answer(String fields, String upstream) {
        return begin(asking("gemini-2.5-flash", fields)).answer(tree(upstream));
    }
}
