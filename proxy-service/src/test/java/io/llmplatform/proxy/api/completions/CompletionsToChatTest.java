package io.llmplatform.proxy.api.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.ObjectMappers;
import com.openai.models.completions.Completion;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CompletionsToChatTest {
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}";

    @Test
    void thePromptIsWhatTheUserSays() throws Exception {
        assertThat(again(begin("""
                                        {"model":"m","prompt":["Say hi"],"max_tokens":5,"temperature":0,"top_p":1,"n":2,"best_of":2,"stop":["x"],
                                         "seed":3,"presence_penalty":0.1,"frequency_penalty":0.2,"logit_bias":{"1":2},"user":"u","suffix":null,
                                         "logprobs":null,"echo":false,"stream":true,"stream_options":{"include_usage":false}}""").request())).isEqualTo(json("""
                                {"model":"m","messages":[{"role":"user","content":"Say hi"}],"max_tokens":5,"temperature":0,"top_p":1,"n":2,
                                 "stop":["x"],"seed":3,"presence_penalty":0.1,"frequency_penalty":0.2,"logit_bias":{"1":2},
                                 "stream":true,"stream_options":{"include_usage":true}}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"prompt\":[\"a\",\"b\"] | prompt",
                "\"prompt\":[1,2] | prompt",
                "\"prompt\":[[1,2]] | prompt",
                "\"prompt\":[] | prompt",
                "\"prompt\":null | prompt",
                "\"max_tokens\":1 | prompt",
                "\"prompt\":\"a\",\"echo\":true | echo",
                "\"prompt\":\"a\",\"suffix\":\"z\" | suffix",
                "\"prompt\":\"a\",\"logprobs\":0 | logprobs",
                "\"prompt\":\"a\",\"best_of\":2 | best_of",
                "\"prompt\":\"a\",\"n\":2,\"best_of\":3 | best_of",
                "\"prompt\":\"a\",\"tools\":[] | tools",
            })
    void whatChatDoesNotHaveIsRefused(String fields, String param) {
        assertThatThrownBy(() -> begin("{\"model\":\"m\"," + fields + "}"))
                .isInstanceOf(UntranslatableException.class)
                .extracting(e -> ((UntranslatableException) e).param())
                .isEqualTo(param);
    }

    @Test
    void theAnswerIsText() throws Exception {
        var answer = begin("{\"model\":\"m\",\"prompt\":\"a\",\"n\":2}")
                .answer(json("{\"id\":\"x\",\"model\":\"up\",\"system_fingerprint\":\"fp\",\"choices\":["
                        + "{\"index\":0,\"message\":{\"content\":\"one\",\"reasoning_content\":\"hm\"},\"finish_reason\":\"stop\"},"
                        + "{\"index\":1,\"message\":{\"content\":null,\"refusal\":\"no\"},\"finish_reason\":\"length\"}],"
                        + USAGE + "}"));
        assertThat(again(answer))
                .isEqualTo(json(
                        "{\"id\":\"cmpl-01k9\",\"object\":\"text_completion\",\"created\":17,\"model\":\"up\",\"system_fingerprint\":\"fp\",\"choices\":["
                                + "{\"text\":\"one\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"},"
                                + "{\"text\":\"no\",\"index\":1,\"logprobs\":null,\"finish_reason\":\"length\"}],"
                                + USAGE + "}"));
        ObjectMappers.jsonMapper()
                .readValue(answer.toString(), Completion.class)
                .validate();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theStreamIsTextAndItsLastChunkUsage(boolean usageOnFinish) throws Exception {
        var events = stream(List.of(
                "{\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
                "{\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"你\"},\"finish_reason\":null}]}",
                "{\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]"
                        + (usageOnFinish ? "," + USAGE : "") + "}",
                usageOnFinish ? "{\"choices\":[]}" : "{\"choices\":[]," + USAGE + "}"));
        var head = "{\"id\":\"cmpl-01k9\",\"object\":\"text_completion\",\"created\":17,\"model\":\"up\",\"choices\":[";
        assertThat(events)
                .containsExactly(
                        json(head + "{\"text\":\"你\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]}"),
                        json(head + "{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}]}"),
                        json(head + "]," + USAGE + "}"));
    }

    @Test
    void aStreamThatBrokeHasNoEnd() throws Exception {
        assertThat(stream(List.of("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + USAGE + "}")))
                .hasSize(1);
    }

    @Test
    void whatIsNoCompletionIsNotTranslated() throws Exception {
        var exchange = begin("{\"model\":\"m\",\"prompt\":\"a\"}");
        assertThatThrownBy(() -> exchange.answer(json("{}"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exchange.event(json("{}"), event -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<JsonNode> stream(List<String> chunks) throws UntranslatableException {
        var exchange = begin("{\"model\":\"m\",\"prompt\":\"a\",\"stream\":true}");
        var out = new ArrayList<JsonNode>();
        chunks.forEach(chunk -> exchange.event(json(chunk), event -> out.add(again(event))));
        exchange.end(event -> out.add(again(event)));
        return out;
    }

    private static Exchange begin(String request) throws UntranslatableException {
        return new CompletionsToChat().begin(json(request), new Origin("req_01k9", 17));
    }

    private static ObjectNode json(String json) {
        return (ObjectNode) ContractJson.mapper().readTree(json);
    }

    private static JsonNode again(JsonNode node) {
        return ContractJson.mapper().readTree(node.toString());
    }
}
