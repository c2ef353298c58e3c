package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.api.Operation.CHAT;
import static io.llmplatform.proxy.api.Operation.EMBEDDINGS;
import static io.llmplatform.proxy.api.Operation.GEMINI_CONTENT;
import static io.llmplatform.proxy.api.Operation.GEMINI_EMBEDDINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.upstream.Outgoing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiProviderTest {
    private static final String TAIL = ":streamGenerateContent?alt=sse";

    @Test
    void speaksItsOwnAndCarriesTwoOver() {
        var provider = new GeminiProvider();
        assertThat(provider.speaks()).containsExactlyInAnyOrder(GEMINI_CONTENT, GEMINI_EMBEDDINGS);
        assertThat(provider.translations())
                .extracting(translation -> Map.entry(translation.from(), translation.to()))
                .containsExactly(Map.entry(CHAT, GEMINI_CONTENT), Map.entry(EMBEDDINGS, GEMINI_EMBEDDINGS));
        assertThat(provider.translations()).isSameAs(provider.translations());
    }

    @Test
    void goesToGoogleWhereNoAddressIsSet() {
        var out = outgoing("", "k", "gemini-2.5-flash", GEMINI_CONTENT, false);
        assertThat(out.base().host()).isEqualTo("generativelanguage.googleapis.com");
        assertThat(out.base().tls()).isTrue();
        assertThat(out.uri()).isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
        assertThat(out.headers()).isEqualTo(Map.of("x-goog-api-key", "k"));
        assertThat(outgoing("", null, "m", GEMINI_CONTENT, false).headers()).isEmpty();
    }

    @Test
    void keepsAQueryOfTheAddress() {
        assertThat(outgoing("http://h/v1/?a=b", "k", "m", GEMINI_CONTENT, false).uri())
                .isEqualTo("/v1/models/m:generateContent?a=b");
        assertThat(outgoing("http://h/v1?a=b", "k", "m", GEMINI_CONTENT, true).uri())
                .isEqualTo("/v1/models/m:streamGenerateContent?a=b&alt=sse");
        assertThat(outgoing("http://h?", "k", "m", GEMINI_CONTENT, true).uri()).isEqualTo("/models/m" + TAIL);
        assertThat(outgoing("http://h?a=b", "k", "m", GEMINI_EMBEDDINGS, false).uri())
                .isEqualTo("/models/m:batchEmbedContents?a=b");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash,/models/gemini-2.5-flash",
        "models/gemini-2.5-flash,/models/gemini-2.5-flash",
        "tunedModels/mine,/tunedModels/mine",
        "a b/c?d#e,/models/a%20b%2Fc%3Fd%23e",
        "models/../../x,/models/..%2F..%2Fx",
        "größe+,/models/gr%C3%B6%C3%9Fe%2B"
    })
    void namesAreSegments(String model, String expected) {
        assertThat(outgoing("http://h", "k", model, GEMINI_CONTENT, true).uri()).isEqualTo(expected + TAIL);
    }

    @Test
    void othersOperationsAreNotIts() {
        assertThatIllegalArgumentException().isThrownBy(() -> outgoing("http://h", "k", "m", CHAT, false));
        assertThatIllegalArgumentException().isThrownBy(() -> outgoing("mock:", "k", "m", GEMINI_CONTENT, false));
    }

    private static Outgoing outgoing(String base, String secret, String model, Operation operation, boolean stream) {
        return new GeminiProvider()
                .outgoing(
                        new ProviderConfig("p", 1, true, "n", "gemini", base, secret, true), model, operation, stream);
    }
}
