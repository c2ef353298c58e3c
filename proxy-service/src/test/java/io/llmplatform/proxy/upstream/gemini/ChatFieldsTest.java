package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.asking;
import static io.llmplatform.proxy.upstream.gemini.Chat.refusal;
import static io.llmplatform.proxy.upstream.gemini.Chat.request;
import static io.llmplatform.proxy.upstream.gemini.Chat.same;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatFieldsTest {
    private static final String FLASH = "gemini-2.5-flash";

    @Test
    void everyKnobIsCarriedOver() {
        same(request(asking(FLASH, """
                ,"temperature":0.30,"top_p":1,"top_k":40,"max_tokens":5,"max_completion_tokens":7,"stop":["a","b"],
                "seed":42,"n":3,"presence_penalty":-0.5,"frequency_penalty":0.5,"logprobs":true,"top_logprobs":2,
                "reasoning_effort":"low","stream":true,"stream_options":{"include_usage":true},"user":"u","store":false,
                "metadata":{"a":"b"},"service_tier":"auto","logit_bias":{},"modalities":["text"],"tools":[],
                "parallel_tool_calls":true,"tool_choice":"auto","verbosity":null,"web_search_options":null""")), """
                {"contents":[{"role":"user","parts":[{"text":"Hi"}]}],
                 "generationConfig":{"temperature":0.30,"topP":1,"topK":40,"maxOutputTokens":7,"stopSequences":["a","b"],
                  "seed":42,"candidateCount":3,"presencePenalty":-0.5,"frequencyPenalty":0.5,"responseLogprobs":true,
                  "logprobs":2,"thinkingConfig":{"includeThoughts":true,"thinkingBudget":1024}}}""");
    }

    @Test
    void defaultsLeaveNothingBehind() {
        same(
                request(asking(
                        FLASH, ",\"n\":1,\"stop\":[],\"logprobs\":false,\"response_format\":{\"type\":\"text\"}")),
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-2147483648,-2147483648", "2147483648,-2147483648", "9007199254740993,2097153"})
    void longSeedsAreFolded(String seed, int gemini) {
        assertThat(config(FLASH, ",\"seed\":" + seed).get("seed").intValue()).isEqualTo(gemini);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1E+99999", "123456789012345678901234567890"})
    void numbersOfAnySizeAreLeftToGemini(String number) {
        same(
                config(FLASH, ",\"n\":" + number + ",\"max_tokens\":" + number),
                "{\"candidateCount\":" + number + ",\"maxOutputTokens\":" + number + "}");
        assertThat(refusal(asking(FLASH, ",\"seed\":" + number)).param()).isEqualTo("seed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-2.5-flash|none|{\"thinkingBudget\":0}",
                "gemini-2.5-flash|minimal|{\"includeThoughts\":true,\"thinkingBudget\":1024}",
                "gemini-2.5-pro|medium|{\"includeThoughts\":true,\"thinkingBudget\":8192}",
                "gemini-2.5-pro|xhigh|{\"includeThoughts\":true,\"thinkingBudget\":24576}",
                "gemini-3-flash-preview|minimal|{\"includeThoughts\":true,\"thinkingLevel\":\"minimal\"}",
                "gemini-3-flash-preview|medium|{\"includeThoughts\":true,\"thinkingLevel\":\"medium\"}",
                "gemini-3-pro-preview|minimal|{\"includeThoughts\":true,\"thinkingLevel\":\"low\"}",
                "gemini-3-pro-preview|medium|{\"includeThoughts\":true,\"thinkingLevel\":\"high\"}",
                "models/gemini-3.1-pro|medium|{\"includeThoughts\":true,\"thinkingLevel\":\"medium\"}",
                "gemini-flash-latest|high|{\"includeThoughts\":true,\"thinkingLevel\":\"high\"}"
            })
    void reasoningEffortIsABudgetOrALevel(String model, String effort, String expected) {
        same(config(model, ",\"reasoning_effort\":\"" + effort + "\"").get("thinkingConfig"), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-2.5-flash|{\"type\":\"enabled\",\"budget_tokens\":2048}|{\"includeThoughts\":true,\"thinkingBudget\":2048}",
                "gemini-2.5-flash|{\"type\":\"disabled\"}|{\"includeThoughts\":false,\"thinkingBudget\":0}",
                "gemini-3-flash|{\"type\":\"disabled\"}|{\"includeThoughts\":false}",
                "gemini-3-flash|{\"type\":\"adaptive\"}|{\"includeThoughts\":true}"
            })
    void thinkingOfMessagesIsUnderstoodToo(String model, String thinking, String expected) {
        same(config(model, ",\"thinking\":" + thinking).get("thinkingConfig"), expected);
    }

    @Test
    void structuredOutput() {
        same(
                config(FLASH, ",\"response_format\":{\"type\":\"json_object\"}"),
                "{\"responseMimeType\":\"application/json\"}");
        same(config(FLASH, """
                ,"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{
                 "$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,
                 "properties":{"z":{"type":["string","null"]},"a":{"const":"x"}},"required":["z","a"]}}}"""), """
                {"responseMimeType":"application/json","responseSchema":{"type":"OBJECT",
                 "properties":{"z":{"type":"STRING","nullable":true},"a":{"type":"STRING","enum":["x"]}},
                 "required":["z","a"],"propertyOrdering":["z","a"]}}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"audio\":{\"voice\":\"x\"}",
                "\"modalities\":[\"text\",\"audio\"]",
                "\"logit_bias\":{\"1\":2}",
                "\"functions\":[{\"name\":\"f\"}]",
                "\"function_call\":\"auto\"",
                "\"web_search_options\":{}",
                "\"store\":true",
                "\"service_tier\":\"flex\"",
                "\"verbosity\":\"low\"",
                "\"unheard_of\":1",
                "\"seed\":1.5",
                "\"seed\":\"x\"",
                "\"seed\":99999999999999999999",
                "\"top_logprobs\":2",
                "\"stop\":7",
                "\"reasoning_effort\":\"enormous\"",
                "\"response_format\":\"json\"",
                "\"tool_choice\":\"required\""
            })
    void whatGeminiLacksIsRefusedByName(String field) {
        assertThat(refusal(asking(FLASH, "," + field)).param()).isEqualTo(field.substring(1, field.indexOf('"', 1)));
    }

    @Test
    void reasoningThatCannotBeSwitchedOffIsRefused() {
        for (var model : new String[] {"gemini-2.5-pro", "gemini-3-flash"}) {
            assertThat(refusal(asking(model, ",\"reasoning_effort\":\"none\"")))
                    .hasMessage("Reasoning cannot be switched off for model '" + model + "'.");
        }
        assertThat(refusal(asking(FLASH, ",\"response_format\":{\"type\":\"grammar\"}"))
                        .param())
                .isEqualTo("response_format.type");
    }

    private static JsonNode config(String model, String fields) {
        return request(asking(model, fields)).get("generationConfig");
    }
}
