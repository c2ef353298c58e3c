package io.llmplatform.proxy.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScanTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void onlyTheModelIsExchangedAndEveryOtherByteStays() throws Exception {
        var body =
                " {\"你\":\"\\u00e9\", \"model\" :\t\"gpt\\u002d4o\" ,\n\"x\":{\"model\":\"inner\"}," + MESSAGES + "} ";
        var request = scan(body);
        assertThat(request.model()).isEqualTo("gpt-4o");
        assertThat(request.bodyFor("a\"b").toString(UTF_8)).isEqualTo(body.replace("\"gpt\\u002d4o\"", "\"a\\\"b\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"stream\":true | {\"stream_options\":{\"include_usage\":true},\"stream\":true,",
                "\"stream\":true,\"stream_options\":null | {\"stream\":true,\"stream_options\":{\"include_usage\":true},",
                "\"stream\":true,\"stream_options\":{} | {\"stream\":true,\"stream_options\":{\"include_usage\":true},",
                "\"stream_options\":{\"a\":[1]},\"stream\":true | {\"stream_options\":{\"include_usage\":true,\"a\":[1]},\"stream\":true,",
                "\"stream\":true,\"stream_options\":{\"include_usage\":false} | {\"stream\":true,\"stream_options\":{\"include_usage\":true},",
            })
    void aStreamIsAskedForItsUsage(String fields, String expectedStart) throws Exception {
        var request = scan("{" + fields + ",\"model\":\"m\"," + MESSAGES + "}");
        assertThat(request.usageInjected()).isTrue();
        assertThat(request.bodyFor("u").toString(UTF_8)).isEqualTo(expectedStart + "\"model\":\"u\"," + MESSAGES + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"stream\":true,\"stream_options\":{\"include_usage\":true}",
                "\"stream\":false",
                "\"stream\":null,\"stream_options\":{\"include_usage\":false}"
            })
    void whatNeedsNoUsageIsLeftAlone(String fields) throws Exception {
        var body = "{" + fields + ",\"model\":\"m\"," + MESSAGES + "}";
        assertThat(scan(body).usageInjected()).isFalse();
        assertThat(scan(body).bodyFor("m").toString(UTF_8)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":1,M} | model",
                "{\"model\":\" \",M} | model",
                "{M} | model",
                "{\"model\":\"m\"} | messages",
                "{\"model\":\"m\",\"messages\":{}} | messages",
                "{\"model\":\"m\",\"messages\":[]} | messages",
                "{\"model\":\"m\",\"messages\":[1]} | messages[0]",
                "{\"model\":\"m\",\"stream\":\"true\",M} | stream",
                "{\"model\":\"m\",\"stream_options\":1,M} | stream_options",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":1},M} | stream_options.include_usage",
                "{\"model\":\"m\",\"temperature\":\"hot\",M} | temperature",
                "{\"model\":\"m\",\"max_tokens\":1.5,M} | max_tokens",
                "{\"model\":\"m\",\"model\":\"n\",M} | model",
                "{\"model\":\"m\",\"max_tokens\":1,\"max_tokens\":2,M} | max_tokens",
                "{\"model\":\"m\",\"max_tokens\":-1,M} | max_tokens",
                "{\"model\":\"m\",\"n\":0,M} | n",
            })
    void wrongTypesNameTheField(String body, String param) {
        assertThatThrownBy(() -> scan(body.replace("M", MESSAGES)))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.error().status()).isEqualTo(400);
                    assertThat(e.error().param()).isEqualTo(param);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"model\":\"m\",}",
                "{\"model\":\"m\"} {}",
                "{\"a\":\"\\x\"}",
                "{\"a\":01}",
                "\uFEFF{}",
                "{\"a\":\"\u0001\"}"
            })
    void brokenJsonIsRefused(String body) {
        assertThatThrownBy(() -> scan(body)).isInstanceOfSatisfying(BadRequestException.class, e -> assertThat(
                        e.error().status())
                .isEqualTo(400));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        var body = ("{\"a\":\"?\",\"model\":\"m\"," + MESSAGES + "}").getBytes(UTF_8);
        body[6] = (byte) 0xC3;
        assertThatThrownBy(() -> RequestScan.scan(Operation.CHAT, body)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void ofTwoLimitsTheLargerIsReserved() throws Exception {
        var request = scan("{\"model\":\"m\",\"max_tokens\":1,\"max_completion_tokens\":500,\"n\":3," + MESSAGES + "}");
        assertThat(request.steering().maxTokens()).isEqualTo(500);
        assertThat(request.steering().choices()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"background, true", "conversation, '\"conv_1\"'"})
    void whatWouldGoOnBehindOurBackIsRefused(String name, String value) throws Exception {
        var body = "{\"model\":\"m\",\"input\":\"hi\",\"" + name + "\":";
        RequestScan.scan(Operation.RESPONSES, (body + "null}").getBytes(UTF_8));
        assertThatThrownBy(() -> RequestScan.scan(Operation.RESPONSES, (body + value + "}").getBytes(UTF_8)))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.error().code()).isEqualTo("unsupported_parameter");
                    assertThat(e.error().param()).isEqualTo(name);
                });
    }

    @Test
    void thePromptIsEstimatedFromItsTexts() throws Exception {
        var body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"12345678\"},{\"role\":\"user\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"你好\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:xxxxxxx\"}}]}]}";
        assertThat(scan(body).promptTokens()).isEqualTo(4 + 2 + 4 + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "EMBEDDINGS | \"input\":\"12345678\" | 2",
                "EMBEDDINGS | \"input\":[\"1234\",\"1234\"] | 2",
                "EMBEDDINGS | \"input\":[[1,2,3],[4]] | 4",
                "RESPONSES  | \"instructions\":\"1234\",\"input\":[{\"role\":\"user\",\"content\":\"1234\"}],\"user\":\"1234\" | 2",
                "MESSAGES   | \"max_tokens\":9,\"system\":[{\"type\":\"text\",\"text\":\"1234\"}],\"messages\":[{\"role\":\"user\",\"content\":\"1234\"}] | 6",
                "CHAT       | \"messages\":[{\"content\":null}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"1234\"}}] | 5"
            })
    void whatCountsAsPromptIsKnownForEachOperation(Operation operation, String fields, long tokens) throws Exception {
        var body = "{\"model\":\"m\"," + fields + "}";
        assertThat(RequestScan.scan(operation, body.getBytes(UTF_8)).promptTokens())
                .isEqualTo(tokens);
    }

    private static ApiRequest scan(String body) throws BadRequestException {
        return RequestScan.scan(Operation.CHAT, body.getBytes(UTF_8));
    }
}
