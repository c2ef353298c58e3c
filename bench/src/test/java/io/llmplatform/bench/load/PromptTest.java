package io.llmplatform.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

class PromptTest {
    @ParameterizedTest
    @ValueSource(ints = {1024, 10_240, 102_400})
    void isJsonOfExactlyTheSizeAskedFor(int bytes) {
        var body = Prompt.ofSize(bytes, "a-model", true);
        assertThat(body).hasSize(bytes);
        assertThat(new ObjectMapper().readTree(body).path("stream").asBoolean()).isTrue();
    }
}
