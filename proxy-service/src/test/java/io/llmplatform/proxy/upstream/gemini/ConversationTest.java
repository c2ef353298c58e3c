package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.messages;
import static io.llmplatform.proxy.upstream.gemini.Chat.refusal;
import static io.llmplatform.proxy.upstream.gemini.Chat.request;
import static io.llmplatform.proxy.upstream.gemini.Chat.same;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
    @Test
    void systemAndDeveloperStandApartAndTurnsOfOneRoleBecomeOne() {
        same(request(messages("""
                [{"role":"system","content":"Be brief."},
                 {"role":"user","content":"One"},
                 {"role":"user","content":[{"type":"text","text":"Two"},{"type":"text","text":""}],"name":"x"},
                 {"role":"assistant","content":"A","reasoning_content":"hm","refusal":null},
                 {"role":"assistant","content":[{"type":"text","text":"B"},{"type":"refusal","refusal":"C"}]},
                 {"role":"developer","content":[{"type":"text","text":"In "},{"type":"text","text":"German."}]},
                 {"role":"user","content":"Three"}]""")), """
                {"systemInstruction":{"parts":[{"text":"Be brief."},{"text":"In German."}]},
                 "contents":[
                  {"role":"user","parts":[{"text":"One"},{"text":"Two"}]},
                  {"role":"model","parts":[{"text":"A"},{"text":"BC"}]},
                  {"role":"user","parts":[{"text":"Three"}]}]}""");
    }

    @Test
    void aSystemMessageAloneIsTheQuestion() {
        same(
                request(messages("[{\"role\":\"system\",\"content\":\"Say hello.\"}]")),
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hello.\"}]}]}");
    }

    @Test
    void resultsGoOutInTheOrderOfTheCallsInATurnOfTheirOwn() {
        same(request(messages("""
                [{"role":"user","content":"Weather?"},
                 {"role":"assistant","content":"Let me see.","tool_calls":[
                   {"id":"a","type":"function","function":{"name":"w","arguments":"{\\"city\\":\\"Bern\\",\\"n\\":1.50}"}},
                   {"id":"b","type":"function","function":{"name":"w","arguments":""}},
                   {"id":"c","function":{"name":"v","arguments":"{}"},"type":"function"}]},
                 {"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"[1,"},{"type":"text","text":"2]"}]},
                 {"role":"tool","tool_call_id":"a","content":"{\\"t\\":3}"},
                 {"role":"tool","tool_call_id":"b","content":"{not json"},
                 {"role":"user","content":"And?"},
                 {"role":"assistant","content":"Cold."}]""")), """
                {"contents":[
                  {"role":"user","parts":[{"text":"Weather?"}]},
                  {"role":"model","parts":[
                    {"text":"Let me see."},
                    {"functionCall":{"name":"w","args":{"city":"Bern","n":1.50}}},
                    {"functionCall":{"name":"w","args":{}}},
                    {"functionCall":{"name":"v","args":{}}}]},
                  {"role":"user","parts":[
                    {"functionResponse":{"name":"w","response":{"t":3}}},
                    {"functionResponse":{"name":"w","response":{"output":"{not json"}}},
                    {"functionResponse":{"name":"v","response":{"output":"[1,2]"}}}]},
                  {"role":"user","parts":[{"text":"And?"}]},
                  {"role":"model","parts":[{"text":"Cold."}]}]}""");
    }

    @Test
    void signaturesGoBackToWhereTheyCameFrom() {
        same(request("""
                {"model":"gemini-3-flash","messages":[
                 {"role":"user","content":"Q"},
                 {"role":"assistant","content":null,"tool_calls":[
                   {"id":"a","type":"function","function":{"name":"f","arguments":"{}"},
                    "extra_content":{"google":{"thought_signature":"S1"}}},
                   {"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"a","content":""},
                 {"role":"tool","tool_call_id":"b","content":"null"},
                 {"role":"assistant","content":"Done","extra_content":{"google":{"thought_signature":"S2"}}}]}""").get("contents"), """
                [{"role":"user","parts":[{"text":"Q"}]},
                 {"role":"model","parts":[
                   {"functionCall":{"name":"f","args":{}},"thoughtSignature":"S1"},
                   {"functionCall":{"name":"f","args":{}}}]},
                 {"role":"user","parts":[
                   {"functionResponse":{"name":"f","response":{"output":""}}},
                   {"functionResponse":{"name":"f","response":{"output":"null"}}}]},
                 {"role":"model","parts":[{"text":"Done","thoughtSignature":"S2"}]}]""");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro-preview,true",
        "models/gemini-3.5-flash,true",
        "gemini-pro-latest,true",
        "gemini-2.5-pro,false",
        "gemma-3-27b,false"
    })
    void callsOfOthersGetGooglesStandInWhereASignatureIsDemanded(String model, boolean demanded) {
        var call = request("{\"model\":\"" + model + """
                ","messages":[
                 {"role":"assistant","tool_calls":[
                   {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},
                   {"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"a","content":"x"},
                 {"role":"tool","tool_call_id":"b","content":"y"}]}""").at("/contents/0/parts");
        same(call, demanded ? """
                        [{"functionCall":{"name":"f","args":{}},"thoughtSignature":"skip_thought_signature_validator"},
                         {"functionCall":{"name":"g","args":{}}}]""" : """
                        [{"functionCall":{"name":"f","args":{}}},{"functionCall":{"name":"g","args":{}}}]""");
    }

    @Test
    void brokenToolRoundsAreRefused() {
        var call =
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"%s\"}}]}";
        var good = call.formatted("{}");
        var answer = "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"}";
        assertThat(refusal(messages("[" + answer + "]")).param()).isEqualTo("messages[0].tool_call_id");
        assertThat(refusal(messages("[" + good + "," + answer.replace("\"a\"", "\"z\"") + "]")))
                .hasMessage("The tool call 'z' is not one of the assistant message right before.");
        assertThat(refusal(messages("[" + good + "," + answer + "," + answer + "]")))
                .hasMessage("The tool call 'a' is answered twice.");
        assertThat(refusal(messages("[" + good + ",{\"role\":\"user\",\"content\":\"?\"}]")))
                .hasMessage("The tool call 'a' has no tool message that answers it.");
        assertThat(refusal(messages("[" + good + "]")).param()).isEqualTo("messages");
        for (var arguments : new String[] {"{", "[1]", "3"}) {
            assertThat(refusal(messages("[" + call.formatted(arguments) + "," + answer + "]"))
                            .param())
                    .isEqualTo("messages[0].tool_calls[0].function.arguments");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|messages",
                "[{\"role\":\"user\",\"content\":\"\"}]|messages",
                "[7]|messages[0]",
                "{}|messages",
                "[{\"role\":\"user\"}]|messages[0].content",
                "[{\"content\":\"x\"}]|messages[0].role",
                "[{\"role\":\"function\",\"name\":\"f\",\"content\":\"x\"}]|messages[0].role",
                "[{\"role\":\"assistant\",\"audio\":{\"id\":\"a\"}}]|messages[0].audio",
                "[{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\"}}]|messages[0].function_call",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"custom\",\"custom\":{}}]}]|messages[0].tool_calls[0].type",
                "[{\"role\":\"system\",\"content\":[{\"type\":\"image_url\"}]}]|messages[0].content[0].type",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"video_url\"}]}]|messages[0].content[0].type"
            })
    void whatCannotBeCarriedOverIsNamed(String messages, String param) {
        assertThat(refusal(messages(messages)).param()).isEqualTo(param);
    }
}
