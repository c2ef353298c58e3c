package io.llmplatform.proxy.api.responses;

import static io.llmplatform.proxy.api.responses.Wire.chat;
import static io.llmplatform.proxy.api.responses.Wire.hi;
import static io.llmplatform.proxy.api.responses.Wire.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.translate.UntranslatableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {
    @Test
    void everyFieldFindsItsPlace() throws Exception {
        assertThat(chat("""
                        {"model":"m","instructions":"Be brief.","input":"hi","stream":true,"max_output_tokens":50,
                         "temperature":0.2,"top_p":0.9,"top_logprobs":2,"include":["message.output_text.logprobs"],
                         "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true},"verbosity":"low"},
                         "reasoning":{"effort":"high","summary":"auto"},"parallel_tool_calls":false,"service_tier":"flex",
                         "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":true}],
                         "tool_choice":"required","metadata":{"a":"b"},"store":false,"user":"u","truncation":"disabled",
                         "prompt_cache_key":"k","safety_identifier":"s","background":false,"conversation":null,
                         "client_metadata":{"x":"y"}}""")).isEqualTo(json("""
                                {"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hi"}],
                                 "max_tokens":50,"temperature":0.2,"top_p":0.9,"logprobs":true,"top_logprobs":2,"verbosity":"low",
                                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"},"strict":true}},
                                 "reasoning_effort":"high","parallel_tool_calls":false,"service_tier":"flex",
                                 "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}}],
                                 "tool_choice":"required","stream":true,"stream_options":{"include_usage":true}}"""));
    }

    @Test
    void defaultsAreNotSentOn() throws Exception {
        assertThat(chat(hi("""
                                "parallel_tool_calls":true,"tool_choice":"auto","tools":[],"service_tier":"auto","stream":false,
                                "text":{"format":{"type":"text"},"verbosity":"medium"},"reasoning":{"effort":null,"summary":"auto"},
                                "include":["reasoning.encrypted_content"],"store":true""")))
                .isEqualTo(json("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
    }

    @Test
    void itemsOfATurnBecomeOneAssistantMessageAndOutputsFollowIt() throws Exception {
        assertThat(chat("""
                                {"model":"m","input":[
                                 {"role":"developer","content":"A"},
                                 {"type":"message","role":"system","content":[{"type":"input_text","text":"B"},{"type":"input_text","text":"C"}]},
                                 {"role":"user","content":[{"type":"input_text","text":"look"},
                                   {"type":"input_image","image_url":"https://x/y.png","detail":"low"},
                                   {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="}]},
                                 {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"gAAA"},
                                 {"type":"message","id":"msg_1","role":"assistant","status":"completed",
                                  "content":[{"type":"output_text","text":"I call","annotations":[]}]},
                                 {"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{\\"a\\":1}"},
                                 {"type":"function_call","call_id":"c2","name":"g","arguments":"{}"},
                                 {"type":"function_call_output","call_id":"c1","output":"one"},
                                 {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"two"},
                                   {"type":"input_image","image_url":"data:image/png;base64,AA=="}]},
                                 {"role":"assistant","content":"done"},
                                 {"role":"developer","content":"late"},
                                 {"role":"user","content":"go on"}]}""").get("messages")).isEqualTo(json("""
                                        {"m":[{"role":"system","content":"A\\n\\nB\\n\\nC"},
                                         {"role":"user","content":[{"type":"text","text":"look"},
                                           {"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}},
                                           {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="}}]},
                                         {"role":"assistant","content":"I call","reasoning_content":"hm","tool_calls":[
                                           {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},
                                           {"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},
                                         {"role":"tool","tool_call_id":"c1","content":"one"},
                                         {"role":"tool","tool_call_id":"c2","content":"two"},
                                         {"role":"user","content":[{"type":"text","text":"Output of tool call c2:"},
                                           {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},
                                         {"role":"assistant","content":"done"},
                                         {"role":"system","content":"late"},
                                         {"role":"user","content":"go on"}]}""").get("m"));
    }

    @Test
    void twoTextsAreTwoMessagesARefusalStaysOneAndThoughtsWithoutWordsAreLeftOut() throws Exception {
        assertThat(chat("""
                                {"model":"m","input":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"},
                                 {"role":"user","content":"c"},
                                 {"role":"assistant","content":[{"type":"refusal","refusal":"no"}]},
                                 {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"lost"}]},
                                 {"role":"user","content":"d"},{"role":"assistant","content":[]},
                                 {"type":"reasoning","id":"rs_2","summary":[{"type":"summary_text","text":"lost"}]},
                                 {"role":"user","content":""}]}""").get("messages")).isEqualTo(json("""
                                        {"m":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"},
                                         {"role":"assistant","content":null,"refusal":"no","reasoning_content":"lost"},
                                         {"role":"user","content":"d"},{"role":"user","content":""}]}""").get("m"));
    }

    @Test
    void customToolsAndThoseOfNamespacesAreFunctionsOverThere() throws Exception {
        assertThat(chat("""
                        {"model":"m","tools":[
                          {"type":"custom","name":"apply_patch","description":"Edits files.","format":{"type":"grammar","syntax":"lark","definition":"start: x"}},
                          {"type":"namespace","name":"mcp__db","description":"d","tools":[{"type":"function","name":"query","parameters":{"type":"object"},"strict":false}]}],
                         "tool_choice":{"type":"custom","name":"apply_patch"},
                         "input":[{"type":"custom_tool_call","call_id":"c1","name":"apply_patch","input":"*** \\"x\\""},
                          {"type":"custom_tool_call_output","call_id":"c1","output":"ok"},
                          {"type":"function_call","call_id":"c2","namespace":"mcp__db","name":"query","arguments":"{}"},
                          {"type":"function_call_output","call_id":"c2","output":"rows"}]}""")).isEqualTo(json("""
                                {"model":"m","tools":[
                                  {"type":"function","function":{"name":"apply_patch","description":"Edits files.\\n\\n'input' must match this lark grammar:\\nstart: x",
                                   "parameters":{"type":"object","properties":{"input":{"type":"string","description":"The whole input of the tool, as plain text."}},
                                   "required":["input"],"additionalProperties":false}}},
                                  {"type":"function","function":{"name":"mcp__db__query","parameters":{"type":"object"},"strict":false}}],
                                 "tool_choice":{"type":"function","function":{"name":"apply_patch"}},
                                 "messages":[
                                  {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"apply_patch","arguments":"{\\"input\\":\\"*** \\\\\\"x\\\\\\"\\"}"}}]},
                                  {"role":"tool","tool_call_id":"c1","content":"ok"},
                                  {"role":"assistant","content":null,"tool_calls":[{"id":"c2","type":"function","function":{"name":"mcp__db__query","arguments":"{}"}}]},
                                  {"role":"tool","tool_call_id":"c2","content":"rows"}]}"""));
    }

    @Test
    void allowedToolsAreTheOnlyOnesShown() throws Exception {
        var chat = chat(hi("""
                "tools":[{"type":"function","name":"a","parameters":null},{"type":"function","name":"b"}],
                "tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"b"}]}"""));
        assertThat(chat.get("tools")).isEqualTo(json("""
                                        {"t":[{"type":"function","function":{"name":"b","parameters":{"type":"object","properties":{}}}}]}""").get("t"));
        assertThat(chat.get("tool_choice").stringValue()).isEqualTo("required");
    }

    @Test
    void aWebSearchIsLeftOutOnlyWhereThatIsWanted() throws Exception {
        var request = json(
                hi(
                        "\"tools\":[{\"type\":\"web_search\",\"external_web_access\":false},{\"type\":\"function\",\"name\":\"f\"}]"));
        var exchange = new ResponsesToChat(HostedTools.WEB_SEARCH_LEFT_OUT).begin(request, Wire.ORIGIN);
        assertThat(exchange.request().get("tools")).hasSize(1);
        var answer = exchange.answer(json("{\"choices\":[{\"message\":{\"content\":\"x\"}}]}"));
        assertThat(answer.get("tools")).hasSize(1);
        assertThat(answer.at("/tools/0/name").stringValue()).isEqualTo("f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"background\":true | background | Background responses",
                "\"conversation\":\"conv_1\" | conversation | Conversations are not",
                "\"prompt\":{\"id\":\"p\"} | prompt | Stored prompts",
                "\"previous_response_id\":\"resp_x\" | previous_response_id | Previous response with id 'resp_x' not found.",
                "\"truncation\":\"auto\" | truncation | Truncation 'auto'",
                "\"context_management\":[{\"type\":\"compaction\"}] | context_management | Context management",
                "\"seed\":1 | seed | Unknown parameter: 'seed'.",
                "\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"web_search\"}] | tools[1].type | 'web_search' is not available",
                "\"tools\":[{\"type\":\"file_search\",\"vector_store_ids\":[]}] | tools[0].type | 'file_search' is not",
                "\"tools\":[{\"type\":\"computer_use_preview\"}] | tools[0].type | 'computer_use_preview' is not",
                "\"tools\":[{\"type\":\"mcp\"}] | tools[0].type | 'mcp' is not",
                "\"tools\":[{\"type\":\"code_interpreter\"}] | tools[0].type | 'code_interpreter' is not",
                "\"tools\":[{\"type\":\"image_generation\"}] | tools[0].type | 'image_generation' is not",
                "\"tools\":[{\"type\":\"local_shell\"}] | tools[0].type | 'local_shell' is not",
                "\"tools\":[{\"type\":\"function\"}] | tools[0].name | must have a 'name'",
                "\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"custom\",\"name\":\"f\"}] | tools[1].name | two tools",
                "\"tools\":{} | tools | must be an array",
                "\"tool_choice\":\"required\" | tool_choice | no tools",
                "\"tool_choice\":\"any\" | tool_choice | it is 'any'",
                "\"tool_choice\":{\"type\":\"function\",\"name\":\"g\"} | tool_choice.name | no tool 'g'",
                "\"tool_choice\":{\"type\":\"web_search\"} | tool_choice.type | 'web_search'",
                "\"text\":{\"format\":{\"type\":\"grammar\"}} | text.format.type | it is 'grammar'",
                "\"instructions\":[] | instructions | must be a string",
            })
    void whatChatDoesNotHaveIsRefused(String fields, String param, String words) {
        assertRefused(hi(fields), param, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7 | input | must be a string or an array",
                "[{\"type\":\"item_reference\",\"id\":\"msg_1\"}] | input[0].id | no item with the id 'msg_1'",
                "[{\"id\":\"msg_1\"}] | input[0].id | no item with the id 'msg_1'",
                "[{\"role\":\"user\",\"content\":\"x\"},{\"type\":\"computer_call\"}] | input[1].type | 'computer_call'",
                "[{\"role\":\"tool\",\"content\":\"x\"}] | input[0].role | no role 'tool'",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}] | input[0].content[0].file_id | Uploaded files",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_url\":\"http://x\"}]}] | input[0].content[0].file_url | fetches no files",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"video\"}]}] | input[0].content[0].type | 'video'",
                "[{\"role\":\"system\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"x\"}]}] | input[0].content | Only text",
                "[{\"role\":\"user\"}] | input[0].content | string or an array",
                "[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\"}] | input[0].arguments | must be a string",
                "[{\"type\":\"function_call_output\",\"output\":\"x\"}] | input[0].call_id | must be a string",
                "[7] | input[0].id | no item",
            })
    void inputThatCannotBeSaidInChatIsRefused(String input, String param, String words) {
        assertRefused("{\"model\":\"m\",\"input\":" + input + "}", param, words);
    }

    private static void assertRefused(String request, String param, String words) {
        assertThatThrownBy(() -> chat(request))
                .isInstanceOf(UntranslatableException.class)
                .hasMessageContaining(words)
                .extracting(e -> ((UntranslatableException) e).param())
                .isEqualTo(param);
    }
}
