package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.llmplatform.proxy.api.Operation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EmbeddingsCapabilityTest {
    @Test
    void theListHasEveryFieldOfTheWire() {
        // Three words and the text as a whole; in one dimension only the sign is left.
        var answer = embed("{'input':'a b c','dimensions':1}");
        double number = answer.at("/data/0/embedding/0").asDouble();
        assertThat(Math.abs(number)).isEqualTo(1);
        assertThat(answer.toString())
                .isEqualTo(Mock.quotes("{'object':'list','data':[{'object':'embedding','index':0,'embedding':[" + number
                        + "]}],'model':'m','usage':{'prompt_tokens':2,'total_tokens':2}}"));
    }

    @Test
    void vectorsAreOfLengthOneAndTheSameForTheSameText() {
        var once = vector(embed("{'input':'The quick brown fox'}"), 0);
        var again = vector(embed("{'input':['other','The quick brown fox']}"), 1);
        assertThat(once).hasSize(1536).isEqualTo(again);
        assertThat(dot(once, once)).isCloseTo(1, within(1e-5));
    }

    @Test
    void textsThatShareWordsAreNearer() {
        var answer = embed("{'input':['the cat sat on the mat','a cat lay on the mat','quarterly revenue grew fast',"
                + "'the mat sat on the cat','今天天气很好','今天天气不好']}");
        var cat = vector(answer, 0);
        assertThat(dot(cat, vector(answer, 1))).isBetween(0.3, 0.9);
        assertThat(dot(cat, vector(answer, 2))).isLessThan(0.2);
        assertThat(dot(cat, vector(answer, 3))).isGreaterThan(0.9).isLessThan(0.9999);
        assertThat(dot(vector(answer, 4), vector(answer, 5))).isGreaterThan(0.3);
    }

    @Test
    void base64IsTheSameNumbersInLittleEndian() {
        var floats = vector(embed("{'input':'Hello','dimensions':8}"), 0);
        var base64 = embed("{'input':'Hello','dimensions':8,'encoding_format':'base64'}")
                .at("/data/0/embedding")
                .asString();
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(32);
        for (float number : floats) {
            assertThat(bytes.getFloat()).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'x' | 1 | 1",
                "['x','y','x'] | 3 | 3",
                "[1,2,3] | 1 | 3",
                "[[1,2],[3]] | 2 | 3",
                "['one',[5]] | 2 | 2"
            })
    void everyFormOfInputIsTaken(String input, int vectors, int tokens) {
        var answer = embed("{'dimensions':4,'input':" + input.strip() + "}");
        assertThat(answer.path("data")).hasSize(vectors);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(tokens);
        assertThat(answer.at("/data/" + (vectors - 1) + "/index").asInt()).isEqualTo(vectors - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 256, 4096})
    void dimensionsAreHonoured(int dimensions) {
        assertThat(vector(embed("{'input':'Hello','dimensions':" + dimensions + "}"), 0))
                .hasSize(dimensions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'input':''}",
                "{'input':[]}",
                "{'input':['a','']}",
                "{'input':7}",
                "{'input':{}}",
                "{'input':[1,-2]}",
                "{'input':[1,2.5]}",
                "{'input':[1,'a']}",
                "{'input':[[]]}"
            })
    void badInputIsRefused(String body) {
        refused(body, "input");
    }

    @Test
    void theBoundsAreKept() {
        refused("{'input':'x','dimensions':0}", "dimensions");
        refused("{'input':'x','dimensions':4097}", "dimensions");
        refused("{'input':'x','encoding_format':'int8'}", "encoding_format");
        refused("{'input':'" + "word ".repeat(7000) + "'}", "input");
        refused("{'input':[" + "'x',".repeat(2048) + "'x']}", "input");
        refused("{'input':[" + "'x',".repeat(2047) + "'x'],'dimensions':1537}", "input");
        assertThat(embed("{'input':[" + "'x',".repeat(2047) + "'x'],'dimensions':2}")
                        .path("data"))
                .hasSize(2048);
    }

    private static void refused(String body, String param) {
        assertThatThrownBy(() -> embed(body)).isInstanceOfSatisfying(MockRefusal.class, refusal -> assertThat(
                        refusal.error().param())
                .isEqualTo(param));
    }

    private static JsonNode embed(String body) {
        return Mock.json(new EmbeddingsCapability().answer(Mock.ask(Operation.EMBEDDINGS, body)));
    }

    private static float[] vector(JsonNode answer, int index) {
        var numbers = answer.at("/data/" + index + "/embedding");
        var vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers.get(i).asDouble();
        }
        return vector;
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }
}
