package io.llmplatform.command.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
