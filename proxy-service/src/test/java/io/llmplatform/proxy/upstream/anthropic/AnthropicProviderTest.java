package io.llmplatform.proxy.upstream.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicProviderTest {
    private final AnthropicProvider provider = new AnthropicProvider();

    @ParameterizedTest
    @CsvSource({
        "'', api.anthropic.com, /v1/messages, /v1/messages/count_tokens",
        "https://api.anthropic.com, api.anthropic.com, /v1/messages, /v1/messages/count_tokens",
        "https://api.anthropic.com/v1/, api.anthropic.com, /v1/messages, /v1/messages/count_tokens",
        "https://api.deepseek.com/anthropic/v1, api.deepseek.com, /anthropic/v1/messages, /anthropic/v1/messages/count_tokens"
    })
    void itsOwnPaths(String baseUrl, String host, String messages, String count) {
        var one = provider.outgoing(config(baseUrl, "key"), "claude-sonnet-5", Operation.MESSAGES, true);
        assertThat(one.base().host()).isEqualTo(host);
        assertThat(one.uri()).isEqualTo(messages);
        assertThat(provider.outgoing(config(baseUrl, "key"), "claude-sonnet-5", Operation.COUNT_TOKENS, false)
                        .uri())
                .isEqualTo(count);
    }

    @Test
    void itsOwnCredentials() {
        assertThat(provider.outgoing(config("", "key"), "claude-sonnet-5", Operation.MESSAGES, false)
                        .headers())
                .isEqualTo(Map.of("x-api-key", "key", "anthropic-version", "2023-06-01"));
        assertThat(provider.outgoing(config("", null), "claude-sonnet-5", Operation.MESSAGES, false)
                        .headers())
                .isEqualTo(Map.of("anthropic-version", "2023-06-01"));
    }

    @Test
    void noAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.outgoing(config("ftp://x/v1", null), "m", Operation.MESSAGES, false));
    }

    @Test
    void whatItSpeaks() {
        assertThat(provider.speaks()).containsExactlyInAnyOrder(Operation.MESSAGES, Operation.COUNT_TOKENS);
        assertThat(provider.translations()).singleElement().satisfies(one -> {
            assertThat(one.from()).isEqualTo(Operation.CHAT);
            assertThat(one.to()).isEqualTo(Operation.MESSAGES);
        });
    }

    private static ProviderConfig config(String baseUrl, @Nullable String secret) {
        return new ProviderConfig("prv_1", 1, true, "Anthropic", "anthropic", baseUrl, secret, true);
    }
}
