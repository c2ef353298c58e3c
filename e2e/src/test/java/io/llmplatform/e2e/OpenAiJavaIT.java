package io.llmplatform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code com.openai:openai-java} against the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaIT {
    private final Stack stack = new Stack();
    private OpenAIClient client;

    @BeforeAll
    void issueKey() throws Exception {
        client = stack.client(stack.issueKey());
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void chats() {
        var answer = client.chat().completions().create(asking("gpt-4o").build());

        assertThat(answer.choices().getFirst().message().content())
                .hasValueSatisfying(text -> assertThat(text).isNotBlank());
        assertThat(answer.usage()).hasValueSatisfying(usage -> assertThat(usage.totalTokens())
                .isEqualTo(usage.promptTokens() + usage.completionTokens())
                .isPositive());
    }

    @Test
    void streams() {
        var params = asking("gpt-4o")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (var answer = client.chat().completions().createStreaming(params)) {
            var chunks = answer.stream().toList();
            var text = chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());

            assertThat(chunks).hasSizeGreaterThan(2);
            assertThat(text).isNotBlank();
            assertThat(chunks.getLast().choices()).isEmpty();
            assertThat(chunks.getLast().usage()).hasValueSatisfying(usage -> assertThat(usage.completionTokens())
                    .isPositive());
        }
    }

    @Test
    void listsAndRetrievesModels() {
        assertThat(client.models().list().data())
                .extracting(Model::id)
                .contains("gpt-4o", "deepseek-chat", "claude-sonnet");
        assertThat(client.models().retrieve("gpt-4o").id()).isEqualTo("gpt-4o");
    }

    @Test
    void isToldThatTheKeyIsWrong() {
        var stranger = stack.client("sk-nobody");

        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() ->
                        stranger.chat().completions().create(asking("gpt-4o").build()))
                .satisfies(error -> assertThat(error.code()).contains("invalid_api_key"));
        stranger.close();
    }

    @Test
    void isToldThatTheModelIsUnknown() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() ->
                        client.chat().completions().create(asking("nobody").build()))
                .satisfies(error -> assertThat(error.code()).contains("model_not_found"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client.models().retrieve("nobody"));
    }

    private static ChatCompletionCreateParams.Builder asking(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello from Java");
    }
}
