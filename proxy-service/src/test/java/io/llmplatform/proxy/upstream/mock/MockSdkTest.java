package io.llmplatform.proxy.upstream.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What OpenAI's own Java client makes of the mock's answers. */
class MockSdkTest {
    private static final MockServer SERVER = new MockServer("mock:?first_token_ms=0&token_ms=0");
    private static final OpenAIClient CLIENT = client(SERVER);

    /** A tool, as the SDK derives one from a class. */
    @JsonClassDescription("Looks up the weather")
    static class GetWeather {
        public String city = "";
        public int days;
    }

    static class Plan {
        public String title = "";
        public List<Step> steps = List.of();
    }

    static class Step {
        public String text = "";
        public double hours;
        public boolean optional;
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void streamsToolCalls() {
        var accumulator = ChatCompletionAccumulator.create();
        try (var stream = CLIENT.chat()
                .completions()
                .createStreaming(chat("The weather in Paris for 3 days")
                        .addTool(GetWeather.class)
                        .build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        var choice = accumulator.chatCompletion().choices().getFirst();
        assertThat(choice.finishReason().asString()).isEqualTo("tool_calls");
        var call = choice.message().toolCalls().orElseThrow().getFirst().asFunction();
        assertThat(call.function().name()).isEqualTo("GetWeather");
        var arguments = call.function().arguments(GetWeather.class);
        assertThat(arguments.city).isEqualTo("Paris");
        assertThat(arguments.days).isEqualTo(3);
    }

    @Test
    void fillsTheSdksOwnSchemas() {
        var params = ChatCompletionCreateParams.builder()
                .model("m")
                .addUserMessage("Plan something")
                .responseFormat(Plan.class)
                .build();
        var plan = CLIENT.chat()
                .completions()
                .create(params)
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        assertThat(plan.title).isEqualTo("mock title");
        assertThat(plan.steps).hasSize(1);
        assertThat(plan.steps.getFirst().text).isEqualTo("Plan something");
        assertThat(plan.steps.getFirst().optional).isTrue();
    }

    @Test
    void embedsAndModerates() {
        var embedding = CLIENT.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("m")
                        .input("Hello")
                        .dimensions(8)
                        .build());
        assertThat(embedding.data().getFirst().embedding()).hasSize(8);
        var judged = CLIENT.moderations()
                .create(ModerationCreateParams.builder()
                        .input("I will kill you")
                        .build());
        assertThat(judged.results().getFirst().categories().violence()).isTrue();
        judged.validate();
    }

    @Test
    void drawsAndEdits() throws Exception {
        var drawn = CLIENT.images()
                .generate(ImageGenerateParams.builder()
                        .prompt("a cat")
                        .model("gpt-image-1")
                        .build());
        drawn.validate();
        var png = Base64.getDecoder()
                .decode(drawn.data().orElseThrow().getFirst().b64Json().orElseThrow());
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(1024);
        var edited = CLIENT.images()
                .edit(ImageEditParams.builder()
                        .prompt("a hat")
                        .image(png)
                        .model("gpt-image-1")
                        .n(2)
                        .build());
        assertThat(edited.data().orElseThrow()).hasSize(2);
    }

    @Test
    void hearsAndSpeaks() throws Exception {
        var file = MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream("RIFF\r\n--".getBytes(UTF_8)))
                .filename("speech.wav")
                .contentType("audio/wav")
                .build();
        var heard = CLIENT.audio()
                .transcriptions()
                .create(TranscriptionCreateParams.builder()
                        .file(file)
                        .model("gpt-4o-transcribe")
                        .build())
                .asTranscription();
        assertThat(heard.text()).contains("\"speech.wav\" of 8 bytes");
        try (var speech = CLIENT.audio()
                        .speech()
                        .create(SpeechCreateParams.builder()
                                .input("Hello")
                                .model("tts-1")
                                .voice("alloy")
                                .build());
                var sound = AudioSystem.getAudioInputStream(
                        new ByteArrayInputStream(speech.body().readAllBytes()))) {
            assertThat(sound.getFrameLength()).isPositive();
        }
    }

    @Test
    void transcriptionsAreStreamed() {
        var params = TranscriptionCreateParams.builder()
                .file(new byte[100])
                .model("gpt-4o-transcribe")
                .build();
        try (var stream = CLIENT.audio().transcriptions().createStreaming(params)) {
            var events = stream.stream().toList();
            assertThat(events.getFirst().isTranscriptTextDelta()).isTrue();
            assertThat(events.getLast().asTranscriptTextDone().text()).contains("100 bytes");
        }
    }

    @Test
    void errorsAreTheSdksExceptions() {
        assertThatThrownBy(() ->
                        CLIENT.chat().completions().create(chat("Hi").n(200).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Expected an integer from 1 to 128 as `n`.");
        try (var failing = new MockServer("mock:?first_token_ms=0&fail_rate=100&fail_status=429&retry_after=3")) {
            assertThatThrownBy(() -> client(failing)
                            .chat()
                            .completions()
                            .create(chat("Hi").build()))
                    .isInstanceOfSatisfying(RateLimitException.class, refused -> assertThat(
                                    refused.headers().values("Retry-After"))
                            .containsExactly("3"));
        }
    }

    private static ChatCompletionCreateParams.Builder chat(String question) {
        return ChatCompletionCreateParams.builder().model("m").addUserMessage(question);
    }

    private static OpenAIClient client(MockServer server) {
        return OpenAIOkHttpClient.builder()
                .apiKey("sk-mock")
                .baseUrl(server.url())
                .maxRetries(0)
                .build();
    }
}
