package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.api.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptionsCapabilityTest {
    private static final String TEXT =
            "This is the built-in mock model listening. I was given the file \"a.wav\" of 80000 bytes.";

    @Test
    void jsonByDefaultWithUsage() {
        assertThat(Mock.text(hear(form())))
                .isEqualTo(Mock.quotes("{'text':'" + TEXT.replace("\"", "\\\"") + "','usage':{'type':'tokens',"
                        + "'input_tokens':25,'output_tokens':16,'total_tokens':41,"
                        + "'input_token_details':{'text_tokens':0,'audio_tokens':25}}}"));
    }

    @Test
    void plainFormatsAreText() {
        var text = hear(form().field("response_format", "text"));
        assertThat(text.headers().get("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(Mock.text(text)).isEqualTo(TEXT + "\n");
        assertThat(Mock.text(hear(form().field("response_format", "srt"))))
                .isEqualTo("1\n00:00:00,000 --> 00:00:02,500\n" + TEXT + "\n\n");
        var vtt = hear(form().field("response_format", "vtt"));
        assertThat(vtt.headers().get("Content-Type")).isEqualTo("text/vtt; charset=utf-8");
        assertThat(Mock.text(vtt)).isEqualTo("WEBVTT\n\n00:00:00.000 --> 00:00:02.500\n" + TEXT + "\n\n");
    }

    @Test
    void verboseJsonHasSegmentsAndWordsOnDemand() {
        var plain = Mock.json(hear(form().field("response_format", "verbose_json")));
        assertThat(plain.propertyNames()).containsExactly("task", "language", "duration", "text", "segments", "usage");
        assertThat(plain.path("task").asString()).isEqualTo("transcribe");
        assertThat(plain.path("duration").asDouble()).isEqualTo(2.5);
        assertThat(plain.at("/segments/0/end").asDouble()).isEqualTo(2.5);
        assertThat(plain.path("usage")).isEqualTo(Mock.json("{'type':'duration','seconds':3}"));
        var words = Mock.json(hear(form().field("response_format", "verbose_json")
                        .field("timestamp_granularities[]", "word")
                        .field("timestamp_granularities[]", "segment")))
                .path("words");
        assertThat(words).hasSize(16);
        assertThat(words.get(15).path("word").asString()).isEqualTo("bytes.");
        assertThat(words.get(15).path("end").asDouble()).isEqualTo(2.5);
    }

    @Test
    void aStreamOfDeltasEndsWithTheWholeText() {
        var reply = hear(form().field("stream", "true"));
        assertThat(reply.headers().get("Content-Type")).isEqualTo("text/event-stream");
        var events = Mock.events(reply);
        var deltas = events.subList(0, events.size() - 1);
        assertThat(deltas).allMatch(event -> event.path("type").asString().equals("transcript.text.delta"));
        assertThat(deltas.stream().map(event -> event.path("delta").asString()).reduce("", String::concat))
                .isEqualTo(TEXT);
        assertThat(events.getLast().path("type").asString()).isEqualTo("transcript.text.done");
        assertThat(events.getLast().path("text").asString()).isEqualTo(TEXT);
        assertThat(events.getLast().at("/usage/total_tokens").asInt()).isEqualTo(41);
    }

    @Test
    void aTranslationIsEnglishAndNeverStreamed() {
        var ask = form().field("language", "zh").field("stream", "true").field("response_format", "verbose_json");
        var translation = Mock.json(new TranscriptionsCapability().answer(ask.ask(Operation.TRANSLATIONS)));
        assertThat(translation.path("task").asString()).isEqualTo("translate");
        assertThat(translation.path("text").asString()).isEqualTo(TEXT);
        assertThat(Mock.json(hear(form().field("language", "zh"))).path("text").asString())
                .isEqualTo("我是平台内置的模拟模型。我收到了文件“a.wav”，共 80000 字节。");
    }

    @ParameterizedTest
    @CsvSource({"response_format,xml"})
    void badInputIsRefused(String name, String value) {
        assertThatThrownBy(() -> hear(form().field(name, value))).isInstanceOf(MockRefusal.class);
        assertThatThrownBy(() -> hear(new Form().field("model", "m")))
                .isInstanceOfSatisfying(
                        MockRefusal.class,
                        refusal -> assertThat(refusal.error().param()).isEqualTo("file"));
        assertThatThrownBy(() -> new TranscriptionsCapability().answer(Mock.ask(Operation.TRANSCRIPTIONS, "{}")))
                .isInstanceOf(MockRefusal.class);
    }

    private static Form form() {
        return new Form().field("model", "m").file("file", "a.wav", new byte[80_000]);
    }

    private static Reply hear(Form form) {
        return new TranscriptionsCapability().answer(form.ask(Operation.TRANSCRIPTIONS));
    }
}
