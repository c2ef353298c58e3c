package io.llmplatform.proxy.api.messages;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MessagesToChatRequestTest {
    private final Translated messages = new Translated(new MessagesToChat());

    @Test
    void theSmallestRequest() {
        assertThat(messages.request("""
                {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}
                """)).isEqualTo(json("""
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":9}
                """));
    }

    @Test
    void instructions() {
        assertThat(turns("\"system\":\"One\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"))
                .isEqualTo(json("[{\"role\":\"system\",\"content\":\"One\"},{\"role\":\"user\",\"content\":\"Hi\"}]"));
        assertThat(turns("""
                "system":[{"type":"text","text":"One","cache_control":{"type":"ephemeral"}},{"type":"text","text":"Two"}],
                "messages":[{"role":"user","content":"Hi"},{"role":"system","content":"Three"}]
                """)).isEqualTo(json("""
                [{"role":"system","content":"One\\n\\nTwo"},{"role":"user","content":"Hi"},{"role":"system","content":"Three"}]
                """));
    }

    @Test
    void aWholeToolLoop() {
        assertThat(turns("""
                "messages":[
                 {"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]},
                 {"role":"assistant","content":[
                  {"type":"thinking","thinking":"of ","signature":""},{"type":"thinking","thinking":"DeepSeek","signature":""},
                  {"type":"thinking","thinking":"of Claude","signature":"c2ln"},{"type":"redacted_thinking","data":"ZA=="},
                  {"type":"text","text":"Let me "},{"type":"text","text":"look."},
                  {"type":"tool_use","id":"toolu_1","name":"w","input":{"c":"Rom"},"extra_content":{"google":{"thought_signature":"s"}}},
                  {"type":"tool_use","id":"toolu_2","name":"now","input":{}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"toolu_1","content":"sun"},
                  {"type":"tool_result","tool_use_id":"toolu_2","is_error":true,"content":[{"type":"text","text":"no"},{"type":"text","text":"clock"}]},
                  {"type":"text","text":"And?"}]},
                 {"role":"assistant","content":"Done."}]
                """)).isEqualTo(json("""
                [{"role":"user","content":"a\\n\\nb"},
                 {"role":"assistant","content":"Let me look.","reasoning_content":"of DeepSeek","tool_calls":[
                  {"id":"toolu_1","type":"function","function":{"name":"w","arguments":"{\\"c\\":\\"Rom\\"}"},
                   "extra_content":{"google":{"thought_signature":"s"}}},
                  {"id":"toolu_2","type":"function","function":{"name":"now","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"toolu_1","content":"sun"},
                 {"role":"tool","tool_call_id":"toolu_2","content":"Error: no\\n\\nclock"},
                 {"role":"user","content":"And?"},
                 {"role":"assistant","content":"Done."}]
                """));
    }

    @Test
    void resultsWithNothingWithImagesAndWithErrors() {
        assertThat(turns("""
                "messages":[
                 {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"t","input":{}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"a"},
                  {"type":"tool_result","tool_use_id":"b","is_error":true},
                  {"type":"tool_result","tool_use_id":"c","is_error":true,"content":"error: it is off"},
                  {"type":"tool_result","tool_use_id":"d","content":[
                   {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA"}}]}]}]
                """)).isEqualTo(json("""
                [{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"t","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"a","content":""},
                 {"role":"tool","tool_call_id":"b","content":"Error:"},
                 {"role":"tool","tool_call_id":"c","content":"error: it is off"},
                 {"role":"tool","tool_call_id":"d","content":"(The result is attached to the next message.)"},
                 {"role":"user","content":[
                  {"type":"text","text":"Attached to the result of the tool call d:"},
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}]}]
                """));
    }

    @Test
    void imagesAndDocuments() {
        assertThat(turns("""
                "messages":[{"role":"user","content":[
                 {"type":"image","source":{"type":"base64","media_type":"image/webp","data":"AA"}},
                 {"type":"image","source":{"type":"url","url":"https://a/b.png"}},
                 {"type":"document","title":"t.pdf","source":{"type":"base64","media_type":"application/pdf","data":"JV"}},
                 {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JV"}},
                 {"type":"document","title":"T","context":"C","citations":{"enabled":false},"source":{"type":"text","media_type":"text/plain","data":"D"}},
                 {"type":"document","title":"T","source":{"type":"content","content":[{"type":"text","text":"x"}]}}]}]
                """).path(0).path("content")).isEqualTo(json("""
                [{"type":"image_url","image_url":{"url":"data:image/webp;base64,AA"}},
                 {"type":"image_url","image_url":{"url":"https://a/b.png"}},
                 {"type":"file","file":{"filename":"t.pdf","file_data":"data:application/pdf;base64,JV"}},
                 {"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,JV"}},
                 {"type":"text","text":"T\\nC\\nD"},
                 {"type":"text","text":"T"},{"type":"text","text":"x"}]
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"temperature\":0.5,\"top_p\":0.9 | {\"temperature\":0.5,\"top_p\":0.9}",
                "\"stop_sequences\":[\"a\"] | {\"stop\":[\"a\"]}",
                "\"stop_sequences\":[] | {}",
                "\"metadata\":{\"user_id\":\"u_1\"} | {\"user\":\"u_1\"}",
                "\"metadata\":{\"user_id\":null} | {}",
                "\"metadata\":{\"user_id\":\"{\\\"device\\\":1}\"} | {\"user\":\"HASH\"}",
                "\"stream\":true | {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "\"service_tier\":\"standard_only\",\"cache_control\":{\"type\":\"ephemeral\"},\"speed\":\"standard\",\"mcp_servers\":[] | {}",
                "\"context_management\":{\"edits\":[{\"type\":\"clear_thinking_20251015\",\"keep\":\"all\"}]} | {}",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024} | {\"reasoning_effort\":\"low\"}",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4095} | {\"reasoning_effort\":\"low\"}",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4096} | {\"reasoning_effort\":\"medium\"}",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":31999} | {\"reasoning_effort\":\"high\"}",
                "\"thinking\":{\"type\":\"adaptive\"} | {}",
                "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"medium\"} | {\"reasoning_effort\":\"medium\"}",
                "\"output_config\":{\"effort\":\"max\"} | {\"reasoning_effort\":\"high\"}",
                "\"thinking\":{\"type\":\"disabled\"},\"output_config\":{\"effort\":\"high\"} | {}",
                "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}} | {\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"strict\":true,\"schema\":{\"type\":\"object\"}}}}",
                "\"output_format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}} | {\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"strict\":true,\"schema\":{\"type\":\"object\"}}}}"
            })
    void carriedOver(String given, String expected) {
        assertThat(parameters(given)).isEqualTo(json(expected.replace("HASH", OpaqueUser.of("{\"device\":1}"))));
    }

    @Test
    void usersAsEveryProviderTakesThem() {
        assertThat(OpaqueUser.of("a-Z_9")).isEqualTo("a-Z_9");
        assertThat(OpaqueUser.of("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(OpaqueUser.of("x".repeat(65))).hasSize(64).matches("[0-9a-f]+");
        assertThat(OpaqueUser.of("a@b.c"))
                .isEqualTo("d648b243a3e817eaa3309e00e183483f2867baadf522099f0c2121770536b25a");
    }

    @Test
    void tools() {
        var tools = """
                "tools":[{"name":"a","description":"A","strict":true,"cache_control":{"type":"ephemeral"},"eager_input_streaming":true,
                  "input_schema":{"type":"object","properties":{"x":{"type":"string"}}}},
                 {"type":"custom","name":"b","input_schema":{"type":"object"}},
                 {"type":null,"name":"c","input_schema":{"type":"object"}}]
                """;
        var expected = """
                "tools":[{"type":"function","function":{"name":"a","description":"A","strict":true,
                  "parameters":{"type":"object","properties":{"x":{"type":"string"}}}}},
                 {"type":"function","function":{"name":"b","parameters":{"type":"object"}}},
                 {"type":"function","function":{"name":"c","parameters":{"type":"object"}}}]
                """;
        assertThat(parameters(tools)).isEqualTo(json("{" + expected + "}"));
        var choices = """
                {"type":"auto"} => "tool_choice":"auto"
                {"type":"none"} => "tool_choice":"none"
                {"type":"any","disable_parallel_tool_use":true} => "tool_choice":"required","parallel_tool_calls":false
                {"type":"tool","name":"b"} => "tool_choice":{"type":"function","function":{"name":"b"}}
                """;
        choices.lines().map(line -> line.split(" => ")).forEach(pair -> assertThat(
                        parameters(tools + ",\"tool_choice\":" + pair[0]))
                .isEqualTo(json("{" + expected + "," + pair[1] + "}")));
        assertThat(parameters("\"tools\":[],\"tool_choice\":{\"type\":\"auto\"}"))
                .isEqualTo(json("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"top_k\":5 | top_k | top_k",
                "\"container\":\"c\" | container | Containers",
                "\"mcp_servers\":[{}] | mcp_servers | MCP",
                "\"inference_geo\":\"eu\" | inference_geo | region",
                "\"speed\":\"fast\" | speed | Fast",
                "\"context_management\":{\"edits\":[{\"type\":\"compact_20260112\"}]} | context_management | clears",
                "\"stop_sequences\":\"a\" | stop_sequences | array",
                "\"output_config\":{\"effort\":\"huge\"} | output_config.effort | xhigh",
                "\"output_config\":{\"task_budget\":{}} | task_budget | task_budget",
                "\"output_config\":{\"format\":{\"type\":\"text\"}} | output_config.format | json_schema",
                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}] | tools[0].type | run by Anthropic",
                "\"tools\":[{\"input_schema\":{}}] | tools[0].name | name",
                "\"tools\":[{\"name\":\"a\"}],\"tool_choice\":{\"type\":\"x\"} | tool_choice.type | none",
                "\"of_tomorrow\":1 | of_tomorrow | of_tomorrow"
            })
    void refusals(String given, String param, String words) {
        messages.refuses(
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + given
                        + "}",
                param,
                words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}] | messages[0].content[0].source | stored",
                "\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://a\"}}] | messages[0].content[0].source | fetch",
                "\"user\",\"content\":[{\"type\":\"document\",\"citations\":{\"enabled\":true},\"source\":{\"type\":\"text\",\"data\":\"a\"}}] | messages[0].content[0].citations | citations",
                "\"user\",\"content\":[{\"type\":\"search_result\"}] | messages[0].content[0].type | search_result",
                "\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[{\"type\":\"tool_reference\"}]}] | messages[0].content[0].content[0].type | tool_reference",
                "\"user\",\"content\":5 | messages[0].content | blocks",
                "\"assistant\",\"content\":[{\"type\":\"server_tool_use\"}] | messages[0].content[0].type | server_tool_use",
                "\"tool\",\"content\":\"a\" | messages[0].role | user or assistant"
            })
    void whatCannotBeSaid(String message, String param, String words) {
        messages.refuses("{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":" + message + "}]}", param, words);
    }

    @Test
    void whatIsMandatory() {
        messages.refuses("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}", "max_tokens", "1");
        messages.refuses("{\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}", "max_tokens", "1");
        messages.refuses("{\"model\":\"m\",\"max_tokens\":9,\"messages\":[]}", "messages", "one message");
        messages.refuses(
                "{\"max_tokens\":9,\"system\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"u\"}}]}",
                "system",
                "text");
    }

    private JsonNode turns(String given) {
        return messages.request("{\"model\":\"m\",\"max_tokens\":9," + given + "}")
                .path("messages");
    }

    private ObjectNode parameters(String given) {
        var out = (ObjectNode) messages.request(
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + given
                        + "}");
        out.remove("model");
        out.remove("messages");
        out.remove("max_completion_tokens");
        return out;
    }
}
