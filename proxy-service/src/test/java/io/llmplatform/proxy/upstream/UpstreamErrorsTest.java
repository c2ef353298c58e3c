package io.llmplatform.proxy.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.wire.ApiError;
import org.junit.jupiter.api.Test;

class UpstreamErrorsTest {
    private static final ProviderConfig PROVIDER = new ProviderConfig(
            "prv_1", 1, true, "p", "openai", "https://llm.intern.example:8443/v1", "s3cr3t-value", true);

    @Test
    void meaningAndStatusAreKept() {
        assertThat(of(
                        429,
                        "{\"error\":{\"message\":\"Slow down, try again in 1.898s\",\"type\":\"requests\","
                                + "\"param\":null,\"code\":\"rate_limit_exceeded\"}}"))
                .isEqualTo(
                        new ApiError(429, "requests", "rate_limit_exceeded", null, "Slow down, try again in 1.898s"));
    }

    @Test
    void credentialsAndAddressesAreNot() {
        var error = of(
                500,
                "{\"error\":{\"message\":\"key s3cr3t-value (sk-proj-abcdef123, Bearer abc.def) at"
                        + " https://llm.intern.example:8443/v1/x or llm.intern.example or 10.1.2.3:8080 failed\"}}");
        assertThat(error.message())
                .contains("failed")
                .doesNotContain("s3cr3t", "abcdef123", "abc.def", "intern", "10.1.2.3", "8443");
    }

    @Test
    void aSecretAtTheCutIsNotHalfTold() {
        var error = of(400, "{\"error\":{\"message\":\"" + ".".repeat(1995) + "s3cr3t-value\"}}");
        assertThat(error.message()).startsWith("...").doesNotContain("s3");
    }

    @Test
    void otherShapesAreUnderstood() {
        assertThat(of(400, "{\"error\":\"plain words\"}").message()).isEqualTo("plain words");
        assertThat(of(422, "{\"message\":\"top level\"}").message()).isEqualTo("top level");
        assertThat(of(502, "<html>bad gateway</html>").message()).isEqualTo("The provider answered with status 502.");
    }

    @Test
    void aRefusedPlatformCredentialIsNotTheCallersFault() {
        assertThat(of(401, "{\"error\":{\"message\":\"bad key\"}}").status()).isEqualTo(502);
    }

    private static ApiError of(int status, String body) {
        return UpstreamErrors.of(status, body.getBytes(UTF_8), PROVIDER);
    }
}
