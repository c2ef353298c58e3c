package io.llmplatform.proxy.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.api.Operation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalRequestTest {
    private static final CacheSubject SUBJECT = new CacheSubject("team/t", "m", 7, List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":{\"c\":[1,2],\"d\":null}} | ` {\n\"b\" : {\"d\":null,\t\"c\":[ 1 , 2 ]} , \"a\":1}\r\n`",
                "{\"é\":\"/\\n😀\"} | {\"\\u00e9\":\"\\/\\u000a\\ud83d\\ude00\"}",
                "{\"x\":1} | {\"model\":\"any\",\"stream\":false,\"stream_options\":{\"include_usage\":true},\"x\":1}",
                "{\"x\":1} | {\"x\":1,\"user\":\"u\",\"metadata\":{\"a\":\"b\"},\"store\":true,\"service_tier\":\"flex\"}",
                "{\"x\":1} | {\"safety_identifier\":\"s\",\"prompt_cache_key\":\"k\",\"x\":1}",
                "{} | {\"user\":null}",
            })
    void equalRequestsHaveOneKey(String one, String other) {
        assertThat(key(Operation.CHAT, one)).isEqualTo(key(Operation.CHAT, other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | {\"a\":1.0}",
                "{\"a\":1} | {\"a\":\"1\"}",
                "{\"a\":null} | {}",
                "{\"a\":null} | {\"a\":false}",
                "{\"a\":[1,2]} | {\"a\":[2,1]}",
                "{\"a\":[[1],2]} | {\"a\":[[1,2]]}",
                "{\"a\":[12]} | {\"a\":[1,2]}",
                "{\"a\":{\"b\":1},\"c\":2} | {\"a\":{\"b\":1,\"c\":2}}",
                "{\"a\":\"b\",\"c\":\"d\"} | {\"a\":\"b\\\",\\\"c\\\":\\\"d\"}",
                "{\"a\":\"x y\"} | {\"a\":\"x  y\"}",
                "{\"a\":\"\\ud83d\"} | {\"a\":\"\\ude00\"}",
                "{\"a\":[]} | {\"a\":{}}",
                "{\"a\":{\"user\":\"x\"}} | {\"a\":{\"user\":\"y\"}}",
                "{\"a\":{\"stream\":true}} | {\"a\":{}}",
                "{\"stream\":true} | {\"stream\":false}",
                "{\"A\":1} | {\"a\":1}",
            })
    void differentRequestsHaveDifferentKeys(String one, String other) {
        assertThat(key(Operation.CHAT, one)).isNotEqualTo(key(Operation.CHAT, other));
    }

    @Test
    void responsesRepeatWhatOthersOnlyTake() {
        for (var field :
                List.of("user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key")) {
            var with = "{\"" + field + "\":true}";
            assertThat(key(Operation.RESPONSES, with)).as(field).isNotEqualTo(key(Operation.RESPONSES, "{}"));
            assertThat(key(Operation.MESSAGES, with)).as(field).isEqualTo(key(Operation.MESSAGES, "{}"));
        }
    }

    @Test
    void theSubjectIsPartOfTheKey() {
        var request = request(Operation.CHAT, "{}");
        assertThat(List.of(
                                SUBJECT,
                                new CacheSubject("user/t", "m", 7, List.of()),
                                new CacheSubject("team/tm", "", 7, List.of()),
                                new CacheSubject("team/t", "n", 7, List.of()),
                                new CacheSubject("team/t", "m", 8, List.of()),
                                new CacheSubject("team/t", "m", 7, List.of("")),
                                new CacheSubject("team/t", "m", 7, List.of("a", "")),
                                new CacheSubject("team/t", "m", 7, List.of("", "a")))
                        .stream()
                        .map(subject -> CacheKey.of(subject, request))
                        .distinct())
                .hasSize(8);
        assertThat(key(Operation.CHAT, "{}")).isNotEqualTo(key(Operation.COMPLETIONS, "{}"));
        assertThat(CacheSubject.owner("x", "y")).isEqualTo("team/x");
        assertThat(CacheSubject.owner(null, "x")).isEqualTo("user/x");
    }

    /** The tier in Redis outlives a release: a key that changes by accident empties it, one that changes on purpose changes here. */
    @Test
    void keysStayWhatTheyAre() {
        assertThat(key(Operation.CHAT, "{\"b\":[true,\"é\",1.50],\"a\":null}").hex())
                .isEqualTo("61d509483b5ede44827065d850b39d694e769a93de7f2705d9a46131173c6402")
                .hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CHAT | {} | false | false",
                "CHAT | {\"temperature\":0} | true | false",
                "CHAT | {\"temperature\":0.0,\"n\":1} | true | false",
                "CHAT | {\"temperature\":-0e9,\"n\":null} | true | false",
                "CHAT | {\"temperature\":0.01} | false | false",
                "CHAT | {\"temperature\":null} | false | false",
                "CHAT | {\"temperature\":\"0\"} | false | false",
                "CHAT | {\"temperature\":1,\"seed\":7} | true | false",
                "CHAT | {\"seed\":null} | false | false",
                "CHAT | {\"temperature\":0,\"n\":2} | false | false",
                "CHAT | {\"temperature\":0,\"n\":\"2\"} | false | false",
                "CHAT | {\"a\":{\"temperature\":0}} | false | false",
                "CHAT | {\"seed\":1,\"tools\":[{\"type\":\"function\",\"function\":{\"type\":\"x\"}},{\"type\":\"custom\"},{}]} | true | false",
                "CHAT | {\"seed\":1,\"tools\":[{\"type\":\"function\"},{\"type\":\"web_search\"}]} | false | false",
                "CHAT | {\"seed\":1,\"web_search_options\":{}} | false | false",
                "MESSAGES | {\"temperature\":0,\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]} | true | false",
                "MESSAGES | {\"temperature\":0,\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"s\"}]} | false | false",
                "MESSAGES | {\"temperature\":0,\"mcp_servers\":[{}]} | false | false",
                "MESSAGES | {\"temperature\":0,\"container\":\"c\"} | true | true",
                "RESPONSES | {\"temperature\":0,\"conversation\":\"c\"} | true | true",
                "RESPONSES | {\"temperature\":0,\"background\":true} | true | true",
                "RESPONSES | {\"temperature\":0,\"background\":false,\"conversation\":null} | true | false",
                "COMPLETIONS | {\"seed\":1} | true | false",
                "EMBEDDINGS | {\"n\":5,\"temperature\":1} | true | false",
                "MODERATIONS | {} | true | false",
                "RERANK | {} | true | false",
                "COUNT_TOKENS | {\"tools\":[{\"type\":\"web_search\"}]} | true | false",
            })
    void factsTellWhetherItIsDeterministic(Operation operation, String body, boolean settled, boolean stateful) {
        var facts = request(operation, body).facts();
        assertThat(facts).isEqualTo(new CacheFacts(operation, false, settled, stateful));
    }

    @Test
    void aStreamIsAVariantOfItsOwn() {
        assertThat(request(Operation.CHAT, "{\"stream\":true}").facts().stream())
                .isTrue();
        assertThat(request(Operation.CHAT, "{\"stream\":null}").facts().stream())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{} {}",
                "{\"a\":1,\"a\":1}",
                "{\"x\":{\"a\":1,\"b\":2,\"\\u0061\":3}}",
                "{\"a\":01}",
                "{\"a\":[1,]}",
                "{\"a\":[{\"b\":1,\"b\":2}]}",
                "nope",
            })
    void whatIsNotPlainJsonIsNotCached(String body) {
        assertThat(CanonicalRequest.of(Operation.CHAT, body.getBytes(UTF_8))).isNull();
    }

    @Test
    void whatWouldHoldTheLoopIsNotCached() {
        var large = "{\"a\":\"" + "x".repeat(CanonicalRequest.MAX_BYTES - 8) + "\"}";
        assertThat(large).hasSize(CanonicalRequest.MAX_BYTES);
        assertThat(CanonicalRequest.of(Operation.CHAT, large.getBytes(UTF_8))).isNotNull();
        assertThat(CanonicalRequest.of(Operation.CHAT, (large + " ").getBytes(UTF_8)))
                .isNull();
        assertThat(CanonicalRequest.of(Operation.CHAT, nested(64).getBytes(UTF_8)))
                .isNotNull();
        assertThat(CanonicalRequest.of(Operation.CHAT, nested(65).getBytes(UTF_8)))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {
                "IMAGE_GENERATIONS",
                "IMAGE_EDITS",
                "TRANSCRIPTIONS",
                "TRANSLATIONS",
                "SPEECH",
                "REALTIME",
                "GEMINI_CONTENT",
                "GEMINI_EMBEDDINGS"
            })
    void someOperationsAreNeverCached(Operation operation) {
        assertThat(CanonicalRequest.of(operation, "{}".getBytes(UTF_8))).isNull();
    }

    @Test
    void membersAreCountedThroughAllObjects() {
        var half = "\"a\":1,\"b\":2},{".repeat(2_500);
        assertThat(CanonicalRequest.of(Operation.CHAT, ("{\"x\":[{" + half + "}]}").getBytes(UTF_8)))
                .isNotNull();
        assertThat(CanonicalRequest.of(Operation.CHAT, ("{\"x\":[{" + half + half + "}]}").getBytes(UTF_8)))
                .isNull();
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private static CacheKey key(Operation operation, String body) {
        return CacheKey.of(SUBJECT, request(operation, body));
    }

    private static CanonicalRequest request(Operation operation, String body) {
        return Objects.requireNonNull(CanonicalRequest.of(operation, body.getBytes(UTF_8)));
    }
}
