package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.asking;
import static io.llmplatform.proxy.upstream.gemini.Chat.refusal;
import static io.llmplatform.proxy.upstream.gemini.Chat.request;
import static io.llmplatform.proxy.upstream.gemini.Chat.same;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsTest {
    private static final String TOOLS = """
            ,"tools":[
             {"type":"function","function":{"name":"f","description":"Does f","strict":true,"parameters":{
               "type":"object","properties":{"b":{"type":"integer"},"a":{"type":"string","format":"email"}},
               "required":["b"],"additionalProperties":false}}},
             {"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}},
             {"type":"function","function":{"name":"h"}}]""";

    @Test
    void functionsAreDeclared() {
        same(request(asking("gemini-2.5-flash", TOOLS)), """
                {"contents":[{"role":"user","parts":[{"text":"Hi"}]}],
                 "tools":[{"functionDeclarations":[
                  {"name":"f","description":"Does f","parameters":{"type":"OBJECT","properties":{
                    "b":{"type":"INTEGER"},
                    "a":{"type":"STRING","description":"Must satisfy this JSON Schema: {\\"format\\":\\"email\\"}"}},
                    "required":["b"]}},
                  {"name":"g"},
                  {"name":"h"}]}]}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"auto\"|{\"mode\":\"AUTO\"}",
                "\"none\"|{\"mode\":\"NONE\"}",
                "\"required\"|{\"mode\":\"ANY\"}",
                "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}|{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"g\"]}",
                "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"h\"}},{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}|{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"h\",\"f\"]}"
            })
    void choices(String choice, String expected) {
        var request = request(asking("gemini-2.5-flash", TOOLS + ",\"tool_choice\":" + choice));
        same(request.get("toolConfig"), "{\"functionCallingConfig\":" + expected + "}");
        assertThat(request.at("/tools/0/functionDeclarations")).hasSize(3);
    }

    @Test
    void whatIsNotAllowedIsNotDeclared() {
        var request = request(
                asking(
                        "gemini-2.5-flash",
                        TOOLS + ",\"tool_choice\":{\"type\":\"allowed_tools\","
                                + "\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"h\"}}]}}"));
        same(request.get("tools"), "[{\"functionDeclarations\":[{\"name\":\"h\"}]}]");
        same(request.get("toolConfig"), "{\"functionCallingConfig\":{\"mode\":\"AUTO\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",\"tools\":{}|tools",
                ",\"tools\":[{\"type\":\"web_search\"}]|tools[0].type",
                ",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"x\"}}]|tools[0].type",
                ",\"tools\":[{\"type\":\"function\"}]|tools[0].function",
                ",\"tools\":[{\"type\":\"function\",\"function\":{}}]|tools[0].function.name",
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":7}}]|tools[0].function.parameters",
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]|tools[1].function.name",
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"maybe\"|tool_choice",
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"custom\"}|tool_choice.type",
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"x\"}}|tool_choice.function.name"
            })
    void brokenOrForeignToolsAreRefused(String fields, String param) {
        assertThat(refusal(asking("gemini-2.5-flash", fields)).param()).isEqualTo(param);
    }
}
