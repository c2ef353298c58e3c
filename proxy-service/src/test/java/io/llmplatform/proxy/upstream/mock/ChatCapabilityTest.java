package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.api.Operation;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatCapabilityTest {
    @Test
    void answersInTheLanguageOfTheQuestionAndQuotesIt() {
        assertThat(text(ask("介绍一下人工智能 🌍", ""))).startsWith("您好").contains("“介绍一下人工智能 🌍”");
        assertThat(text(ask("Hello there", ""))).contains("\"Hello there\"");
    }

    @Test
    void theWholeAnswerHasEveryFieldOfTheWire() {
        assertThat(ask("Hi", ",'max_tokens':2"))
                .isEqualTo(Mock.json("{'id':'chatcmpl-mock-r1','object':'chat.completion','created':1700000000,"
                        + "'model':'m','service_tier':'default','system_fingerprint':'fp_mock','choices':[{'index':0,"
                        + "'message':{'role':'assistant','content':'This is','refusal':null},'logprobs':null,"
                        + "'finish_reason':'length'}],'usage':{'prompt_tokens':9,'completion_tokens':2,"
                        + "'total_tokens':11,'prompt_tokens_details':{'cached_tokens':0},"
                        + "'completion_tokens_details':{'reasoning_tokens':0}}}"));
    }

    @Test
    void theStreamSaysTheSameInChunks() {
        var chunks = Mock.chatStream(body("Hi", ",'max_tokens':2,'stream_options':{'include_usage':true}"));
        var head = "{'id':'chatcmpl-mock-r1','object':'chat.completion.chunk','created':1700000000,'model':'m',"
                + "'service_tier':'default','system_fingerprint':'fp_mock','choices':[";
        var choice = "{'index':0,'delta':%s,'logprobs':null,'finish_reason':%s}],'usage':null}";
        assertThat(chunks)
                .containsExactly(
                        Mock.json(head + choice.formatted("{'role':'assistant','content':'','refusal':null}", "null")),
                        Mock.json(head + choice.formatted("{'content':'This'}", "null")),
                        Mock.json(head + choice.formatted("{'content':' is'}", "null")),
                        Mock.json(head + choice.formatted("{}", "'length'")),
                        Mock.json(head + "],'usage':{'prompt_tokens':9,'completion_tokens':2,'total_tokens':11,"
                                + "'prompt_tokens_details':{'cached_tokens':0},"
                                + "'completion_tokens_details':{'reasoning_tokens':0}}}"),
                        Mock.json("'[DONE]'"));
    }

    @Test
    void withoutBeingAskedThereIsNoUsageInAStream() {
        assertThat(Mock.chatStream(body("Hi", ""))).noneMatch(chunk -> chunk.has("usage"));
    }

    @Test
    void theSameQuestionGetsTheSameAnswer() {
        assertThat(ask("Hello", "")).isEqualTo(ask("Hello", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1E+99999", "123456789012345678901234567890"})
    void numbersOfAnySizeAreNoHindrance(String number) {
        assertThat(finish(ask("Hello", ",'temperature':" + number + ",'x':[{'y':" + number + "}]")))
                .isEqualTo("stop");
        assertThat(finish(ask("Hello", ",'max_tokens':" + number))).isEqualTo("stop");
    }

    @Test
    void piecesAreTheTextAndNeverHalfACharacter() {
        var pieces = Mock.chatStream(body("🌍🌍🌍 hi 世界", "")).stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .toList();
        assertThat(pieces).noneMatch(piece -> !piece.isEmpty() && Character.isLowSurrogate(piece.charAt(0)));
        assertThat(String.join("", pieces))
                .isEqualTo(text(ask("🌍🌍🌍 hi 世界", "")))
                .contains("🌍🌍🌍 hi 世界");
    }

    @Test
    void eachOfSeveralChoicesIsItsOwnAndTheirStreamsAreInterleaved() {
        var whole = ask("Hi", ",'n':3");
        assertThat(whole.path("choices")).hasSize(3);
        assertThat(whole.at("/choices/2/message/content").asString()).startsWith("(Answer 3) This is");
        var chunks = Mock.chatStream(body("Hi", ",'n':2,'max_tokens':2"));
        assertThat(chunks.stream()
                        .filter(JsonNode::isObject)
                        .map(chunk -> chunk.at("/choices/0/index").asInt() + ":"
                                + chunk.at("/choices/0/delta/content").asString("-")))
                .containsExactly("0:", "1:", "0:This", "1:(Answer", "0: is", "1: 2)", "0:-", "1:-");
        assertThat(ask("Hi", ",'n':2,'max_tokens':2")
                        .at("/usage/completion_tokens")
                        .asInt())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"none,0", "minimal,0", "low,1", "high,1"})
    void reasonsWhenAskedTo(String effort, int reasons) {
        var answer = ask("Hi", ",'reasoning_effort':'" + effort + "'");
        assertThat(answer.at("/choices/0/message").has("reasoning_content")).isEqualTo(reasons == 1);
        long reasoning =
                answer.at("/usage/completion_tokens_details/reasoning_tokens").asLong();
        assertThat(reasoning > 0).isEqualTo(reasons == 1);
        assertThat(answer.at("/usage/completion_tokens").asLong()).isGreaterThan(reasoning);
    }

    @Test
    void modelsNamedForItReasonBeforeTheyTalk() {
        var request = Mock.ask(
                Operation.CHAT,
                "application/json",
                Buffer.buffer(Mock.quotes(body("Hi", ""))),
                true,
                "deepseek-Reasoner");
        var kinds = Mock.events(new ChatCapability().answer(request)).stream()
                .flatMap(chunk -> chunk.at("/choices/0/delta").propertyNames().stream())
                .filter(name -> name.endsWith("content"))
                .collect(Collectors.joining(" "));
        assertThat(kinds).matches("content( reasoning_content)+( content)+");
    }

    @Test
    void reasoningCountsAgainstTheLimit() {
        var answer = ask("Hi", ",'reasoning_effort':'high','max_completion_tokens':3");
        assertThat(answer.at("/choices/0/message/reasoning_content").asString()).isEqualTo("The user asks");
        assertThat(text(answer)).isEmpty();
        assertThat(finish(answer)).isEqualTo("length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'mock'", "['nothing','mock']", "['model','mock','']"})
    void stopSequencesCutTheText(String stop) {
        var answer = ask("Hi", ",'stop':" + stop);
        assertThat(text(answer)).isEqualTo("This is the built-in ");
        assertThat(finish(answer)).isEqualTo("stop");
    }

    @Test
    void saysHowManyImagesItWasShown() {
        var image = "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}";
        var one = Mock.chat("{'messages':[{'role':'user','content':[{'type':'text','text':'See'}," + image + "]}]}");
        assertThat(text(one)).contains("You showed me 1 image. ");
        assertThat(one.at("/usage/prompt_tokens").asInt()).isEqualTo(5 + 85);
        var two = Mock.chat(
                "{'messages':[{'role':'user','content':[{'type':'text','text':'看'}," + image + "," + image + "]}]}");
        assertThat(text(two)).contains("您给我看了 2 张图片");
    }

    @Test
    void aJsonObjectOnDemand() {
        var answer = ask("Hi", ",'response_format':{'type':'json_object'}");
        assertThat(Mock.json(text(answer)))
                .isEqualTo(Mock.json("{'answer':'This is the built-in mock model speaking.','question':'Hi'}"));
    }

    @Test
    void aSchemaIsFilledAndItsStreamIsTheSameText() {
        var format = ",'response_format':{'type':'json_schema','json_schema':{'name':'x','strict':true,'schema':"
                + "{'type':'object','properties':{'city':{'type':'string'},'days':{'type':'integer'}},"
                + "'required':['city','days'],'additionalProperties':false}}}";
        var whole = text(ask("Plan 3 days in New York please", format));
        assertThat(whole).isEqualTo("{\"city\":\"New York\",\"days\":3}");
        var pieces = Mock.chatStream(body("Plan 3 days in New York please", format)).stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .filter(piece -> !piece.isEmpty())
                .toList();
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(String.join("", pieces)).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | messages",
                "{'messages':[]} | messages",
                "{'messages':'x'} | messages",
                "{'messages':[{'role':'user','content':'x'}],'n':0} | n",
                "{'messages':[{'role':'user','content':'x'}],'n':129} | n",
                "{'messages':[{'role':'user','content':'x'}],'n':'two'} | n",
                "{'messages':[{'role':'user','content':'x'}],'functions':[]} | functions",
                "{'messages':[{'role':'user','content':'x'}],'response_format':{'type':'xml'}} | response_format",
                "{'messages':[{'role':'user','content':'x'}],'response_format':{'type':'json_schema'}}"
                        + " | response_format.json_schema.schema",
                "{'messages':[{'role':'user','content':'x'}],'tools':[{'type':'custom'}]} | tools",
                "{'messages':[{'role':'user','content':'x'}],'tool_choice':'required'} | tool_choice"
            })
    void badInputIsRefused(String body, String param) {
        assertThatThrownBy(() -> Mock.chat(body.strip())).isInstanceOfSatisfying(MockRefusal.class, refusal -> {
            assertThat(refusal.error().status()).isEqualTo(400);
            assertThat(refusal.error().param()).isEqualTo(param);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "\"x\"", "null"})
    void whatIsNoJsonObjectIsRefused(String body) {
        assertThatThrownBy(() -> Mock.chat(body)).isInstanceOf(MockRefusal.class);
    }

    private static String body(String question, String more) {
        return "{'model':'m','messages':[{'role':'system','content':'s'},"
                + "{'role':'user','content':[{'type':'text','text':'" + question + "'}]}]" + more + "}";
    }

    private static JsonNode ask(String question, String more) {
        return Mock.chat(body(question, more));
    }

    private static String text(JsonNode answer) {
        return answer.at("/choices/0/message/content").asString();
    }

    private static String finish(JsonNode answer) {
        return answer.at("/choices/0/finish_reason").asString();
    }
}
