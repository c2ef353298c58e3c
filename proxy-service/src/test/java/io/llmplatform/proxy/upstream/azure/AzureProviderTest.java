package io.llmplatform.proxy.upstream.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.upstream.Outgoing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AzureProviderTest {
    private static final String RESOURCE = "https://x.openai.azure.com";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "CHAT|/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
                "COMPLETIONS|/openai/deployments/my%20gpt/completions?api-version=2024-10-21",
                "EMBEDDINGS|/openai/deployments/my%20gpt/embeddings?api-version=2024-10-21",
                "IMAGE_GENERATIONS|/openai/deployments/my%20gpt/images/generations?api-version=2024-10-21",
                "IMAGE_EDITS|/openai/deployments/my%20gpt/images/edits?api-version=2024-10-21",
                "TRANSCRIPTIONS|/openai/deployments/my%20gpt/audio/transcriptions?api-version=2024-10-21",
                "TRANSLATIONS|/openai/deployments/my%20gpt/audio/translations?api-version=2024-10-21",
                "SPEECH|/openai/deployments/my%20gpt/audio/speech?api-version=2024-10-21",
                "RESPONSES|/openai/v1/responses",
                "REALTIME|/openai/realtime?api-version=2024-10-21&deployment=my%20gpt"
            })
    void aResourceHasDeployments(Operation operation, String uri) {
        assertThat(uri(RESOURCE, operation)).isEqualTo(uri);
        assertThat(uri(RESOURCE + "/openai/", operation)).isEqualTo(uri);
        assertThat(uri("https://gate.test/ai", operation)).isEqualTo("/ai" + uri);
    }

    @Test
    void theVersionComesFromTheAddress() {
        var preview = RESOURCE + "?api-version=2025-04-01-preview&trace=1";
        assertThat(uri(preview, Operation.CHAT))
                .isEqualTo("/openai/deployments/my%20gpt/chat/completions?api-version=2025-04-01-preview&trace=1");
        assertThat(uri(preview, Operation.REALTIME))
                .isEqualTo("/openai/realtime?api-version=2025-04-01-preview&trace=1&deployment=my%20gpt");
        assertThat(uri(preview, Operation.RESPONSES)).isEqualTo("/openai/v1/responses?trace=1");
        assertThat(uri(RESOURCE + "?trace=1", Operation.CHAT))
                .isEqualTo("/openai/deployments/my%20gpt/chat/completions?trace=1&api-version=2024-10-21");
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {
                "CHAT",
                "COMPLETIONS",
                "EMBEDDINGS",
                "IMAGE_GENERATIONS",
                "IMAGE_EDITS",
                "TRANSCRIPTIONS",
                "TRANSLATIONS",
                "SPEECH",
                "RESPONSES"
            })
    void theUndatedApiNamesTheDeploymentInTheBody(Operation operation) {
        assertThat(uri(RESOURCE + "/openai/v1/", operation)).isEqualTo("/openai/v1" + operation.path());
        assertThat(uri(RESOURCE + "/openai/v1?api-version=preview", operation))
                .isEqualTo("/openai/v1" + operation.path() + "?api-version=preview");
        assertThat(uri(RESOURCE + "/openai/v1?api-version=2024-10-21", operation))
                .isEqualTo("/openai/v1" + operation.path());
    }

    @Test
    void aSocketNamesItInTheQuery() {
        assertThat(uri(RESOURCE + "/openai/v1", Operation.REALTIME)).isEqualTo("/openai/v1/realtime?model=my%20gpt");
    }

    @Test
    void theKeyHasAHeaderOfItsOwn() {
        assertThat(outgoing(RESOURCE, "k", "d", Operation.CHAT).headers()).isEqualTo(Map.of("api-key", "k"));
        assertThat(outgoing(RESOURCE, null, "d", Operation.CHAT).headers()).isEmpty();
    }

    @Test
    void deploymentsCannotClimbAndOthersOperationsAreRefused() {
        assertThat(outgoing(RESOURCE, "k", "../x?y", Operation.CHAT).uri())
                .isEqualTo("/openai/deployments/..%2Fx%3Fy/chat/completions?api-version=2024-10-21");
        assertThatIllegalArgumentException().isThrownBy(() -> outgoing(RESOURCE, "k", "..", Operation.CHAT));
        assertThatIllegalArgumentException().isThrownBy(() -> outgoing(RESOURCE, "k", "d", Operation.MESSAGES));
        assertThatIllegalArgumentException().isThrownBy(() -> outgoing("x.test", "k", "d", Operation.CHAT));
    }

    @Test
    void everyOperationItSpeaksHasAnAddress() {
        for (var operation : new AzureProvider().speaks()) {
            assertThat(uri(RESOURCE, operation)).startsWith("/openai/");
        }
        assertThat(new AzureProvider().speaks()).hasSize(10);
    }

    private static String uri(String base, Operation operation) {
        return outgoing(base, "k", "my gpt", operation).uri();
    }

    private static Outgoing outgoing(String base, String secret, String model, Operation operation) {
        return new AzureProvider()
                .outgoing(
                        new ProviderConfig("p", 1, true, "n", "azure-openai", base, secret, true),
                        model,
                        operation,
                        false);
    }
}
