package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.ORIGIN;
import static io.llmplatform.proxy.upstream.gemini.Chat.same;
import static io.llmplatform.proxy.upstream.gemini.Chat.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsToGeminiTest {
    @Test
    void textsBecomeABatch() throws Exception {
        same(
                begin(
                                "{\"model\":\"gemini-embedding-001\",\"input\":[\"one\",\"zwei\"],\"dimensions\":256,\"user\":\"u\",\"encoding_format\":null}")
                        .request(),
                """
                {"requests":[
                 {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"one"}]},"outputDimensionality":256},
                 {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"zwei"}]},"outputDimensionality":256}]}""");
        same(
                begin("{\"model\":\"models/e\",\"input\":\"one\"}").request(),
                "{\"requests\":[{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"one\"}]}}]}");
    }

    @Test
    void answersInNumbersWithAnEstimateOfUsage() throws Exception {
        same(
                begin("{\"model\":\"e\",\"input\":[\"eight ch\",\"four\"],\"encoding_format\":\"float\"}")
                        .answer(tree("{\"embeddings\":[{\"values\":[0.10,-1]},{\"values\":[2e-9]}]}")),
                """
                {"object":"list","data":[
                 {"object":"embedding","index":0,"embedding":[0.10,-1]},
                 {"object":"embedding","index":1,"embedding":[2e-9]}],
                 "model":"e","usage":{"prompt_tokens":3,"total_tokens":3}}""");
    }

    @Test
    void answersInBase64AndTakesUsageWhereItIsTold() throws Exception {
        var answer = begin("{\"model\":\"e\",\"input\":\"x\",\"encoding_format\":\"base64\"}")
                .answer(tree("{\"embeddings\":[{\"values\":[0.1,-1,0]}],\"usageMetadata\":{\"promptTokenCount\":9}}"));
        same(answer, """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":"zczMPQAAgL8AAAAA"}],
                 "model":"e","usage":{"prompt_tokens":9,"total_tokens":9}}""");
        var floats = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(answer.at("/data/0/embedding").stringValue()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        assertThat(new float[] {floats.get(), floats.get(), floats.get()}).containsExactly(0.1f, -1f, 0f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"e\",\"input\":[1,2]}|input",
                "{\"model\":\"e\",\"input\":[[1,2],[3]]}|input",
                "{\"model\":\"e\",\"input\":[]}|input",
                "{\"model\":\"e\"}|input",
                "{\"model\":\"e\",\"input\":[\"a\",{}]}|input[1]",
                "{\"model\":\"e\",\"input\":\"a\",\"encoding_format\":\"int8\"}|encoding_format",
                "{\"model\":\"e\",\"input\":\"a\",\"truncate\":\"END\"}|truncate"
            })
    void whatGeminiLacksIsRefused(String request, String param) {
        assertThatThrownBy(() -> begin(request))
                .isInstanceOfSatisfying(UntranslatableException.class, e -> assertThat(e.param())
                        .isEqualTo(param));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"embeddings\":[{\"values\":[]}]}",
                "{\"embeddings\":[{\"values\":[1]},{\"values\":[1]}]}"
            })
    void anAnswerOfAnotherSizeIsNone(String upstream) throws Exception {
        var exchange = begin("{\"model\":\"e\",\"input\":\"x\"}");
        assertThatIllegalArgumentException().isThrownBy(() -> exchange.answer(tree(upstream)));
    }

    private static Exchange begin(String request) throws UntranslatableException {
        return new EmbeddingsToGemini().begin(tree(request), ORIGIN);
    }
}
