package io.llmplatform.command.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.seed.DemoCatalog.DemoModel;
import io.llmplatform.command.seed.DemoCatalog.DemoProvider;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class DemoCatalogTest {
    @Test
    void useMockServiceIsTrueOrFalseOrAbsent() {
        assertThat(with("").providers()).isNotEmpty();
        assertThat(with("True ").models()).isNotEmpty();
        assertThat(with("false").providers()).isEmpty();
        assertThatThrownBy(() -> with("yes")).hasMessageContaining("USE_MOCK_SERVICE");
    }

    private static DemoCatalog with(String useMockService) {
        return DemoCatalog.from(new MockEnvironment().withProperty("USE_MOCK_SERVICE", useMockService));
    }

    @Test
    void everyEndpointCanBeTriedOnTheMock() {
        var catalog = with("");

        assertThat(catalog.providers()).extracting(DemoProvider::name).containsExactly("mock");
        assertThat(catalog.models())
                .extracting(DemoModel::name)
                .containsExactly(
                        "gpt-4o",
                        "deepseek-chat",
                        "claude-sonnet",
                        "text-embedding-3-small",
                        "omni-moderation-latest",
                        "gpt-image-1",
                        "gpt-4o-mini-tts",
                        "whisper-1",
                        "rerank-1");
        assertThat(catalog.models().getFirst().fallback()).isEqualTo("deepseek-chat");
    }

    @Test
    void aKeyInTheEnvironmentBringsTheRealProviderOnce() {
        var environment = new MockEnvironment()
                .withProperty("OPENAI_API_KEY", "k1")
                .withProperty("CLAUDE_API_KEY", "k2")
                .withProperty("GEMINI_API_KEY", " k3 ");
        var catalog = DemoCatalog.from(environment);

        assertThat(catalog.providers())
                .containsExactly(
                        new DemoProvider("mock", "mock", "mock:?first_token_ms=40&token_ms=8", null),
                        new DemoProvider("openai", "openai", "https://api.openai.com/v1", "k1"),
                        new DemoProvider("anthropic", "anthropic", "https://api.anthropic.com/v1", "k2"),
                        new DemoProvider("gemini", "gemini", "https://generativelanguage.googleapis.com/v1beta", "k3"));
        assertThat(catalog.models())
                .filteredOn(model -> model.name().equals("gemini-flash"))
                .singleElement()
                .extracting(model -> model.deployments().getFirst())
                .isEqualTo(new DemoCatalog.DemoDeployment("gemini", "gemini-2.5-flash", 1));

        var onMock = DemoCatalog.from(environment.withProperty("USE_MOCK_SERVICE", "true"));
        assertThat(onMock.providers()).hasSize(1);
        assertThat(onMock.models()).extracting(DemoModel::name).doesNotContain("gemini-flash");
    }
}
