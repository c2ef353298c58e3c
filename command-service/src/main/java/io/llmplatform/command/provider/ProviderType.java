package io.llmplatform.command.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a provider is spoken to. */
public enum ProviderType {
    OPENAI("openai", "https://api.openai.com/v1"),
    DEEPSEEK("deepseek", "https://api.deepseek.com/v1"),
    ANTHROPIC("anthropic", "https://api.anthropic.com/v1"),
    GEMINI("gemini", "https://generativelanguage.googleapis.com/v1beta"),
    /** Every customer has a host of their own. */
    AZURE_OPENAI("azure-openai", null),
    OPENAI_COMPATIBLE("openai-compatible", null),
    /** Inside the gateway; no network. */
    MOCK("mock", "mock:?first_token_ms=40&token_ms=8");

    private final String wire;
    private final @Nullable String defaultBaseUrl;

    ProviderType(String wire, @Nullable String defaultBaseUrl) {
        this.wire = wire;
        this.defaultBaseUrl = defaultBaseUrl;
    }

    @JsonValue
    public String wire() {
        return wire;
    }

    public @Nullable String defaultBaseUrl() {
        return defaultBaseUrl;
    }

    /** @throws IllegalArgumentException naming the value and the known types */
    @JsonCreator
    public static ProviderType of(String wire) {
        return Arrays.stream(values())
                .filter(type -> type.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Arrays.stream(values())
                        .map(ProviderType::wire)
                        .collect(Collectors.joining(", ", "'" + wire + "' (expected one of ", ")"))));
    }

    /** What is wrong with a base URL for this type, if anything. */
    public Optional<String> problem(String baseUrl) {
        if (this == MOCK) {
            return baseUrl.startsWith("mock:")
                    ? Optional.empty()
                    : Optional.of("expected mock:, with optional settings");
        }
        try {
            var uri = new URI(baseUrl);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                    ? Optional.empty()
                    : Optional.of("expected http(s)://host[:port]/path, without user, query and fragment");
        } catch (URISyntaxException e) {
            return Optional.of("expected a URL");
        }
    }
}
