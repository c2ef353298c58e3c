package io.llmplatform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code dev.langchain4j:langchain4j-open-ai} against the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LangChain4jIT {
    private static final UserMessage QUESTION = UserMessage.from("What is the weather in Paris?");
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("get_weather")
            .description("Tells the weather of a city.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city")
                    .required("city")
                    .build())
            .build();

    private final Stack stack = new Stack();
    private String key = "";

    @BeforeAll
    void issueKey() throws Exception {
        key = stack.issueKey();
    }

    @Test
    void chats() {
        var answer = model("gpt-4o", key).chat(UserMessage.from("Good morning"));

        assertThat(answer.aiMessage().text()).contains("You said: \"Good morning\"");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().outputTokenCount()).isPositive();
        assertThat(answer.tokenUsage().totalTokenCount())
                .isEqualTo(answer.tokenUsage().inputTokenCount()
                        + answer.tokenUsage().outputTokenCount());
    }

    @Test
    void streams() throws Exception {
        var whole = model("gpt-4o", key).chat(UserMessage.from("Good morning"));

        var streamed = stream(
                ChatRequest.builder().messages(UserMessage.from("Good morning")).build());

        assertThat(streamed.parts()).hasSizeGreaterThan(2);
        assertThat(String.join("", streamed.parts()))
                .isEqualTo(whole.aiMessage().text());
        assertThat(streamed.answer().tokenUsage().outputTokenCount())
                .isEqualTo(whole.tokenUsage().outputTokenCount());
    }

    @Test
    void callsToolsAndTakesTheirResults() throws Exception {
        var request = ChatRequest.builder()
                .messages(QUESTION)
                .toolSpecifications(WEATHER)
                .build();
        for (var called :
                List.of(model("gpt-4o", key).chat(request), stream(request).answer())) {
            assertThat(called.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
            assertThat(called.aiMessage().toolExecutionRequests())
                    .extracting(ToolExecutionRequest::name, ToolExecutionRequest::arguments)
                    .containsExactly(tuple("get_weather", "{\"city\":\"Paris\"}"));

            assertThat(afterTool(called.aiMessage()).aiMessage().text()).contains("Sunny and 21 degrees");
        }
    }

    @Test
    void embeds() {
        var model = OpenAiEmbeddingModel.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(key)
                .modelName("text-embedding-3-small")
                .maxRetries(0)
                .build();

        assertThat(model.embed("the quick brown fox").content().dimension()).isEqualTo(1536);
    }

    @Test
    void isToldWhatIsWrong() {
        assertThatExceptionOfType(ModelNotFoundException.class)
                .isThrownBy(() -> model("nobody", key).chat(QUESTION));
        var stranger = model("gpt-4o", "sk-wrong");
        assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> stranger.chat(QUESTION));
    }

    private ChatResponse afterTool(AiMessage call) {
        var result = ToolExecutionResultMessage.from(
                call.toolExecutionRequests().getFirst(), "Sunny and 21 degrees in Paris");
        return model("gpt-4o", key)
                .chat(ChatRequest.builder()
                        .messages(QUESTION, call, result)
                        .toolSpecifications(WEATHER)
                        .build());
    }

    private OpenAiChatModel model(String name, String apiKey) {
        return OpenAiChatModel.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(apiKey)
                .modelName(name)
                .maxRetries(0)
                .build();
    }

    private record Streamed(List<String> parts, ChatResponse answer) {}

    private Streamed stream(ChatRequest request) throws Exception {
        var model = OpenAiStreamingChatModel.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(key)
                .modelName("gpt-4o")
                .build();
        var parts = new CopyOnWriteArrayList<String>();
        var done = new CompletableFuture<ChatResponse>();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.add(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse answer) {
                done.complete(answer);
            }

            @Override
            public void onError(Throwable error) {
                done.completeExceptionally(error);
            }
        });
        return new Streamed(parts, done.get(20, TimeUnit.SECONDS));
    }
}
