package io.llmplatform.proxy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import org.junit.jupiter.api.Test;

class JsonBytesTest {
    @Test
    void halvesOfACharacterSurviveApart() {
        var rocket = "\uD83D\uDE80";
        var first = write("a" + rocket + rocket.charAt(0));
        var second = write(rocket.charAt(1) + "b");
        assertThat(new String(first, UTF_8)).isEqualTo("{\"t\":\"a" + rocket + "\\ud83d\"}");
        assertThat(read(first) + read(second)).isEqualTo("a" + rocket + rocket + "b");
    }

    @Test
    void whatIsWholeStaysAsItIs() {
        assertThat(JsonBytes.of("{\"t\":\"\u4F60\uD83D\uDE80\"}"))
                .isEqualTo("{\"t\":\"\u4F60\uD83D\uDE80\"}".getBytes(UTF_8));
    }

    private static byte[] write(String text) {
        return JsonBytes.of(
                ContractJson.mapper().createObjectNode().put("t", text).toString());
    }

    private static String read(byte[] json) {
        return ContractJson.mapper().readTree(json).get("t").stringValue();
    }
}
