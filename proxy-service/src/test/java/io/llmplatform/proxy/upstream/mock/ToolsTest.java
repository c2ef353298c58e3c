package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ToolsTest {
    private static final String WEATHER = "{'type':'function','function':{'name':'get_weather',"
            + "'description':'Get the current temperature for a city','parameters':{'type':'object','properties':"
            + "{'city':{'type':'string'},'unit':{'type':'string','enum':['celsius','fahrenheit']}},"
            + "'required':['city','unit']}}}";
    private static final String TIME = "{'type':'function','function':{'name':'localTime','description':'查询当前时间'}}";
    private static final String TOOLS = ",'tools':[" + WEATHER + "," + TIME + "]";

    @Test
    void aMentionedToolIsCalledWithArgumentsFromTheQuestion() {
        var answer = Mock.chat(body("What is the weather in Paris, in fahrenheit?", TOOLS));
        assertThat(answer.at("/choices/0"))
                .isEqualTo(Mock.json("{'index':0,'message':{'role':'assistant','content':null,'refusal':null,"
                        + "'tool_calls':[{'id':'call_mock_r1_0_0','type':'function','function':{'name':'get_weather',"
                        + "'arguments':'{\\'city\\':\\'Paris\\',\\'unit\\':\\'fahrenheit\\'}'}}]},'logprobs':null,"
                        + "'finish_reason':'tool_calls'}"));
    }

    @Test
    void theArgumentsAreStreamedInSeveralDeltasBehindOneThatNamesTheCall() {
        var chunks = Mock.chatStream(body("The weather in Paris?", TOOLS));
        assertThat(chunks.get(0).at("/choices/0/delta"))
                .isEqualTo(Mock.json("{'role':'assistant','content':null,'refusal':null}"));
        assertThat(chunks.get(1).at("/choices/0/delta"))
                .isEqualTo(Mock.json("{'tool_calls':[{'index':0,'id':'call_mock_r1_0_0','type':'function',"
                        + "'function':{'name':'get_weather','arguments':''}}]}"));
        var deltas = chunks.subList(2, chunks.size() - 2).stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
                .toList();
        assertThat(deltas)
                .hasSizeGreaterThan(3)
                .allMatch(delta -> delta.path("index").asInt(-1) == 0
                        && delta.size() == 2
                        && delta.path("function").size() == 1);
        assertThat(deltas.stream()
                        .map(delta -> delta.at("/function/arguments").asString())
                        .reduce("", String::concat))
                .isEqualTo("{\"city\":\"Paris\",\"unit\":\"celsius\"}");
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString())
                .isEqualTo("tool_calls");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Say hello | ",
                "What is the current fashion? | ",
                "Get me something | ",
                "use get_weather | get_weather",
                "the temperature, please | get_weather",
                "weather and time | get_weather localTime",
                "现在是什么时间 | localTime",
                "LOCALTIME | localTime"
            })
    void theRuleOfMentions(String question, String called) {
        assertThat(called(body(question, TOOLS))).isEqualTo(called == null ? List.of() : List.of(called.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'auto' | get_weather localTime",
                "'none' | ",
                "'required' | get_weather localTime",
                "{'type':'function','function':{'name':'localTime'}} | localTime",
                "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':"
                        + "{'name':'localTime'}}]}} | localTime"
            })
    void theChoiceIsKept(String choice, String called) {
        assertThat(called(body("weather and time", TOOLS + ",'tool_choice':" + choice.strip())))
                .isEqualTo(called == null ? List.of() : List.of(called.split(" ")));
    }

    @Test
    void requiredCallsTheFirstWhenNoneIsMentioned() {
        assertThat(called(body("Hello", TOOLS + ",'tool_choice':'required'"))).containsExactly("get_weather");
    }

    @Test
    void oneCallAtATimeWhenParallelCallsAreOff() {
        assertThat(called(body("weather and time", TOOLS + ",'parallel_tool_calls':false")))
                .containsExactly("get_weather");
    }

    @Test
    void parallelCallsHaveIndicesOfTheirOwn() {
        var starts = Mock.chatStream(body("weather and time", TOOLS)).stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
                .filter(call -> call.has("id"))
                .map(call -> call.path("index").asInt() + " " + call.path("id").asString())
                .toList();
        assertThat(starts).containsExactly("0 call_mock_r1_0_0", "1 call_mock_r1_0_1");
    }

    @Test
    void resultsAreQuotedAndNothingIsCalledAgain() {
        var results = Mock.chat("{'messages':[{'role':'user','content':'weather and time'},{'role':'assistant',"
                + "'tool_calls':[]},{'role':'tool','tool_call_id':'a','content':'22 degrees'},"
                + "{'role':'tool','tool_call_id':'b','content':[{'type':'text','text':'noon'}]}]" + TOOLS
                + ",'tool_choice':'required'}");
        assertThat(results.at("/choices/0/message/content").asString())
                .isEqualTo("The tools answered: 22 degrees; noon");
        assertThat(results.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void wordsOfTheUserBesideResultsDoNotMakeItCallForEver() {
        assertThat(called("{'messages':[{'role':'user','content':'weather'},{'role':'assistant','tool_calls':[]},"
                        + "{'role':'tool','tool_call_id':'a','content':'22'},{'role':'user','content':'weather!'}]"
                        + TOOLS + "}"))
                .isEmpty();
        assertThat(called("{'messages':[{'role':'user','content':'weather'},{'role':'assistant','tool_calls':[]},"
                        + "{'role':'tool','tool_call_id':'a','content':'22'},{'role':'assistant','content':'22'},"
                        + "{'role':'user','content':'The weather again'}]" + TOOLS + "}"))
                .containsExactly("get_weather");
    }

    @Test
    void toolsCountAsPrompt() {
        assertThat(Mock.chat(body("Hi", TOOLS)).at("/usage/prompt_tokens").asInt())
                .isGreaterThan(
                        Mock.chat(body("Hi", "")).at("/usage/prompt_tokens").asInt() + 50);
    }

    @Test
    void aLimitCutsTheArguments() {
        var answer = Mock.chat(body("weather", TOOLS + ",'max_tokens':1"));
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asString())
                .isEqualTo("{\"city");
    }

    @Test
    void aToolThatIsNotThereIsRefused() {
        assertThatThrownBy(() ->
                        called(body("Hi", TOOLS + ",'tool_choice':{'type':'function','function':{'name':'absent'}}")))
                .isInstanceOf(MockRefusal.class)
                .hasMessageContaining("`absent`");
    }

    private static String body(String question, String more) {
        return "{'messages':[{'role':'user','content':'" + question + "'}]" + more + "}";
    }

    private static List<String> called(String body) {
        JsonNode calls = Mock.chat(body).at("/choices/0/message/tool_calls");
        return StreamSupport.stream(calls.spliterator(), false)
                .map(call -> call.at("/function/name").asString())
                .toList();
    }
}
