package io.llmplatform.proxy.upstream.anthropic;

import static io.llmplatform.proxy.api.messages.Translated.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.api.messages.Translated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ChatParametersToMessagesTest {
    private static final String BUDGET = "claude-sonnet-4-5-20250929";
    private static final String EFFORT = "claude-opus-4-7";
    private static final String BY_DEFAULT = "claude-opus-5";

    private final Translated chat = new Translated(new ChatToMessages());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"max_tokens\":7 | {\"max_tokens\":7}",
                "\"max_tokens\":7,\"max_completion_tokens\":8 | {\"max_tokens\":8}",
                "\"temperature\":0.5 | {\"max_tokens\":4096,\"temperature\":0.5}",
                "\"temperature\":0 | {\"max_tokens\":4096,\"temperature\":0}",
                "\"temperature\":1.0,\"top_p\":1 | {\"max_tokens\":4096}",
                "\"top_p\":0.9,\"top_k\":5 | {\"max_tokens\":4096,\"top_p\":0.9,\"top_k\":5}",
                "\"stop\":\"END\" | {\"max_tokens\":4096,\"stop_sequences\":[\"END\"]}",
                "\"stop\":[\"a\",\"b\"] | {\"max_tokens\":4096,\"stop_sequences\":[\"a\",\"b\"]}",
                "\"stop\":[] | {\"max_tokens\":4096}",
                "\"user\":\"u-1\" | {\"max_tokens\":4096,\"metadata\":{\"user_id\":\"u-1\"}}",
                "\"safety_identifier\":\"s\" | {\"max_tokens\":4096,\"metadata\":{\"user_id\":\"s\"}}",
                "\"user\":\"a@b.c\" | {\"max_tokens\":4096,\"metadata\":{\"user_id\":\"d648b243a3e817eaa3309e00e183483f2867baadf522099f0c2121770536b25a\"}}",
                "\"stream\":true,\"stream_options\":{\"include_usage\":true} | {\"max_tokens\":4096,\"stream\":true}",
                "\"stream\":false | {\"max_tokens\":4096}",
                "\"service_tier\":\"auto\" | {\"max_tokens\":4096}",
                "\"service_tier\":\"default\" | {\"max_tokens\":4096,\"service_tier\":\"standard_only\"}",
                "\"response_format\":{\"type\":\"text\"} | {\"max_tokens\":4096}",
                "\"n\":1,\"logprobs\":false,\"top_logprobs\":0,\"frequency_penalty\":0,\"presence_penalty\":0.0,\"logit_bias\":{} | {\"max_tokens\":4096}",
                "\"modalities\":[\"text\"],\"store\":false,\"metadata\":{\"a\":\"b\"},\"verbosity\":\"medium\",\"seed\":null,\"audio\":null | {\"max_tokens\":4096}",
                "\"prompt_cache_key\":\"k\",\"prediction\":{\"type\":\"content\",\"content\":\"x\"},\"parallel_tool_calls\":true | {\"max_tokens\":4096}"
            })
    void carriedOver(String given, String expected) {
        assertThat(parameters(BUDGET, given)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"temperature\":1.1 | temperature | 0 to 1",
                "\"temperature\":\"hot\" | temperature | number",
                "\"max_tokens\":1.5 | max_tokens | whole number",
                "\"n\":2 | n | one choice",
                "\"logprobs\":true | logprobs | log probabilities",
                "\"top_logprobs\":3 | top_logprobs | log probabilities",
                "\"frequency_penalty\":0.1 | frequency_penalty | penalty",
                "\"presence_penalty\":-1 | presence_penalty | penalty",
                "\"logit_bias\":{\"1\":5} | logit_bias | bias",
                "\"seed\":1 | seed | seed",
                "\"modalities\":[\"text\",\"audio\"] | modalities | text only",
                "\"audio\":{\"voice\":\"a\"} | audio | text only",
                "\"web_search_options\":{} | web_search_options | Web search",
                "\"functions\":[{\"name\":\"a\"}] | functions | tools",
                "\"function_call\":\"auto\" | function_call | tool_choice",
                "\"store\":true | store | stored",
                "\"verbosity\":\"low\" | verbosity | verbosity",
                "\"service_tier\":\"priority\" | service_tier | priority",
                "\"stop\":5 | stop | string",
                "\"reasoning_effort\":\"huge\" | reasoning_effort | xhigh",
                "\"reasoning_effort\":\"low\",\"max_tokens\":1024 | reasoning_effort | 1024",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"max_tokens\":2000 | thinking.budget_tokens | smaller",
                "\"response_format\":{\"type\":\"grammar\"} | response_format.type | json_schema",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}} | response_format.json_schema.schema | schema",
                "\"response_format\":{\"type\":\"json_object\"},\"reasoning_effort\":\"low\" | response_format | json_schema",
                "\"response_format\":{\"type\":\"json_object\"},\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\"}}] | response_format | json_schema",
                "\"tools\":[{\"type\":\"custom\",\"custom\":{}}] | tools[0].type | function",
                "\"tools\":[{\"type\":\"function\",\"function\":{}}] | tools[0].function.name | name",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\",\"parameters\":5}}] | tools[0].function.parameters | JSON schema",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\"}}],\"tool_choice\":\"always\" | tool_choice | required",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\"}}],\"tool_choice\":{\"type\":\"allowed_tools\"} | tool_choice.type | function",
                "\"min_p\":0.1 | min_p | min_p"
            })
    void refusals(String given, String param, String words) {
        chat.refuses(request(BUDGET, given), param, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minimal | {\"max_tokens\":5120,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}",
                "low | {\"max_tokens\":6144,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}}",
                "medium | {\"max_tokens\":12288,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}}",
                "high | {\"max_tokens\":20480,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":16384}}",
                "xhigh | {\"max_tokens\":28672,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":24576}}",
                "none | {\"max_tokens\":4096}"
            })
    void effortAsBudget(String effort, String expected) {
        var given = "\"reasoning_effort\":\"" + effort + "\"";
        assertThat(parameters(BUDGET, given)).isEqualTo(json(expected));
    }

    @Test
    void aLimitOfTheClientHoldsTheBudgetDown() {
        assertThat(parameters(BUDGET, "\"reasoning_effort\":\"high\",\"max_completion_tokens\":4000"))
                .isEqualTo(json("{\"max_tokens\":4000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}"));
        assertThat(parameters(BUDGET, "\"reasoning_effort\":\"high\",\"max_completion_tokens\":1025"))
                .isEqualTo(json("{\"max_tokens\":1025,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}"));
        assertThat(parameters(BUDGET, "\"reasoning_effort\":\"high\",\"max_completion_tokens\":32000"))
                .isEqualTo(json("{\"max_tokens\":32000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":16384}}"));
    }

    @Test
    void effortForNewerModels() {
        assertThat(parameters(EFFORT, "\"reasoning_effort\":\"minimal\",\"max_tokens\":500"))
                .isEqualTo(json("""
                {"max_tokens":500,"thinking":{"type":"adaptive","display":"summarized"},"output_config":{"effort":"low"}}
                """));
        assertThat(parameters(EFFORT, "\"reasoning_effort\":\"max\"")).isEqualTo(json("""
                {"max_tokens":28672,"thinking":{"type":"adaptive","display":"summarized"},"output_config":{"effort":"max"}}
                """));
        assertThat(parameters(EFFORT, "\"reasoning_effort\":\"none\"")).isEqualTo(json("{\"max_tokens\":4096}"));
        assertThat(parameters(EFFORT, "\"n\":1")).isEqualTo(json("{\"max_tokens\":4096}"));
        // Thinks unasked, and its thoughts count towards the limit.
        assertThat(parameters(BY_DEFAULT, "\"n\":1")).isEqualTo(json("{\"max_tokens\":20480}"));
        assertThat(parameters(BY_DEFAULT, "\"reasoning_effort\":\"none\"")).isEqualTo(json("""
                {"max_tokens":4096,"thinking":{"type":"disabled"}}
                """));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-3-7-sonnet-20250219, BUDGET",
        "claude-2.1, BUDGET",
        "claude-sonnet-4-20250514, BUDGET",
        "claude-opus-4-1, BUDGET",
        "claude-haiku-4-5-20251001, BUDGET",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, BUDGET",
        "anthropic/claude-opus-4.6, EFFORT",
        "claude-opus-4-8, EFFORT",
        "claude-sonnet-5-5, EFFORT_BY_DEFAULT",
        "claude-haiku-10, EFFORT_BY_DEFAULT",
        "claude-mythos-preview, EFFORT_BY_DEFAULT",
        "glm-4.6, BUDGET"
    })
    void generations(String model, ClaudeModel expected) {
        assertThat(ClaudeModel.of(model)).isEqualTo(expected);
    }

    @Test
    void thinkingInAnthropicsOwnWords() {
        assertThat(parameters(BUDGET, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":3000}"))
                .isEqualTo(json("{\"max_tokens\":7096,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":3000}}"));
        assertThat(parameters(EFFORT, "\"thinking\":{\"type\":\"adaptive\"},\"reasoning_effort\":\"low\""))
                .isEqualTo(json("""
                {"max_tokens":20480,"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}
                """));
    }

    @Test
    void tools() {
        var tools = """
                "tools":[{"type":"function","function":{"name":"a","description":"A","strict":true,
                  "parameters":{"type":"object","properties":{"x":{"type":"string"}},"required":["x"],"additionalProperties":false}}},
                 {"type":"function","function":{"name":"b","strict":false,"parameters":{"properties":{}}}}]
                """;
        var expected = """
                "max_tokens":4096,"tools":[{"name":"a","description":"A","strict":true,"input_schema":
                  {"type":"object","properties":{"x":{"type":"string"}},"required":["x"],"additionalProperties":false}},
                 {"name":"b","input_schema":{"properties":{},"type":"object"}}]
                """;
        assertThat(parameters(BUDGET, tools)).isEqualTo(json("{" + expected + "}"));
        var choices = """
                "auto" => {"type":"auto"}
                "none" => {"type":"none"}
                "required" => {"type":"any"}
                {"type":"function","function":{"name":"b"}} => {"type":"tool","name":"b"}
                """;
        choices.lines().map(line -> line.split(" => ")).forEach(pair -> assertThat(
                        parameters(BUDGET, tools + ",\"tool_choice\":" + pair[0]))
                .isEqualTo(json("{" + expected + ",\"tool_choice\":" + pair[1] + "}")));
    }

    @Test
    void oneCallAtATime() {
        var tools = "\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"t\"}}]";
        assertThat(parameters(BUDGET, tools).path("tool_choice"))
                .isEqualTo(json("{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"));
        assertThat(parameters(BUDGET, tools + ",\"tool_choice\":\"required\"").path("tool_choice"))
                .isEqualTo(json("{\"type\":\"any\",\"disable_parallel_tool_use\":true}"));
        assertThat(parameters(BUDGET, tools + ",\"tool_choice\":\"none\"").path("tool_choice"))
                .isEqualTo(json("{\"type\":\"none\"}"));
        assertThat(parameters(BUDGET, "\"parallel_tool_calls\":false,\"tools\":[]"))
                .isEqualTo(json("{\"max_tokens\":4096}"));
    }

    @Test
    void schemasAndAnyJson() {
        assertThat(parameters(EFFORT, """
                "reasoning_effort":"low","max_tokens":9,"response_format":{"type":"json_schema","json_schema":
                 {"name":"n","description":"d","strict":true,"schema":{"type":"object","properties":{}}}}
                """)).isEqualTo(json("""
                {"max_tokens":9,"thinking":{"type":"adaptive","display":"summarized"},
                 "output_config":{"effort":"low","format":{"type":"json_schema",
                  "schema":{"type":"object","properties":{},"description":"d"}}}}
                """));
        assertThat(parameters(BUDGET, "\"response_format\":{\"type\":\"json_object\"}"))
                .isEqualTo(json("""
                {"max_tokens":4096,
                 "tools":[{"name":"json_object","description":"Takes the whole answer to the user as one JSON object.",
                  "input_schema":{"type":"object","additionalProperties":true}}],
                 "tool_choice":{"type":"tool","name":"json_object","disable_parallel_tool_use":true}}
                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"messages\":[]}", "{\"messages\":5}"})
    void noMessages(String request) {
        chat.refuses(request, "messages", "e");
    }

    private ObjectNode parameters(String model, String given) {
        var out = (ObjectNode) chat.request(request(model, given));
        out.remove("model");
        out.remove("messages");
        return out;
    }

    private static String request(String model, String given) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + given + "}";
    }
}
