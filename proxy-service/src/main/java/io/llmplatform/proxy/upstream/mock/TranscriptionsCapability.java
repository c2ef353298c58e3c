package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.api.Operation;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Listens, in a manner of speaking: says what it was given. How long a file plays is taken from its size, as if it were
 * 16,000 samples a second of two bytes. A transcription can be streamed; as with OpenAI, a translation cannot, and the wish
 * is passed over.
 */
final class TranscriptionsCapability implements Capability {
    private static final int BYTES_PER_SECOND = 32_000;
    private static final int TOKENS_PER_SECOND = 10;
    private static final List<String> FORMATS = List.of("json", "text", "verbose_json", "srt", "vtt");

    private record Heard(String text, String language, double seconds) {
        private long inputTokens() {
            return Math.max(1, Math.round(seconds * TOKENS_PER_SECOND));
        }
    }

    @Override
    public Reply answer(Ask ask) {
        var form = ask.form();
        var file = form.file("file");
        boolean translates = ask.operation() == Operation.TRANSLATIONS;
        var language = translates ? "en" : form.fields().text("language", "en");
        var heard = new Heard(text(file, language), language, Math.max(0.1, (double) file.size() / BYTES_PER_SECOND));
        var format = form.fields().oneOf("response_format", "json", FORMATS);
        if (!translates && form.fields().flag("stream")) {
            return stream(heard);
        }
        return switch (format) {
            case "text" -> text("text/plain", heard.text() + "\n");
            case "srt" -> text("text/plain", "1\n" + span(heard, ',') + "\n" + heard.text() + "\n\n");
            case "vtt" -> text("text/vtt", "WEBVTT\n\n" + span(heard, '.') + "\n" + heard.text() + "\n\n");
            case "verbose_json" -> verbose(heard, form.fields(), translates);
            default -> Reply.json(usage(MockJson.object().put("text", heard.text()), heard));
        };
    }

    private static String text(MultipartForm.File file, String language) {
        var name = Words.quote(file.name(), 80);
        return language.startsWith("zh")
                ? "我是平台内置的模拟模型。我收到了文件“" + name + "”，共 " + file.size() + " 字节。"
                : "This is the built-in mock model listening. I was given the file \"" + name + "\" of " + file.size()
                        + " bytes.";
    }

    private static Reply text(String type, String text) {
        return Reply.bytes(type + "; charset=utf-8", Buffer.buffer(text));
    }

    private static Reply stream(Heard heard) {
        var deltas = Pieces.ofProse(heard.text()).stream()
                .map(piece -> new Reply.Part(
                        MockJson.event(MockJson.object()
                                .put("type", "transcript.text.delta")
                                .put("delta", piece)),
                        true));
        var done = usage(MockJson.object().put("type", "transcript.text.done").put("text", heard.text()), heard);
        return Reply.stream(Stream.concat(deltas, Stream.of(new Reply.Part(MockJson.event(done), false)))
                .iterator());
    }

    private static Reply verbose(Heard heard, Params fields, boolean translates) {
        var answer = MockJson.object()
                .put("task", translates ? "translate" : "transcribe")
                .put("language", heard.language().startsWith("zh") ? "chinese" : "english")
                .put("duration", heard.seconds())
                .put("text", heard.text());
        answer.putArray("segments")
                .addObject()
                .put("id", 0)
                .put("seek", 0)
                .put("start", 0.0)
                .put("end", heard.seconds())
                .put("text", heard.text())
                .put("temperature", 0.0)
                .put("avg_logprob", -0.1)
                .put("compression_ratio", 1.0)
                .put("no_speech_prob", 0.0)
                .putArray("tokens");
        if (List.of(fields.text("timestamp_granularities[]", "").split(",", -1)).contains("word")) {
            words(answer, heard);
        }
        answer.putObject("usage").put("type", "duration").put("seconds", (long) Math.ceil(heard.seconds()));
        return Reply.json(answer);
    }

    private static void words(ObjectNode answer, Heard heard) {
        var words = answer.putArray("words");
        var pieces = Pieces.ofProse(heard.text());
        double each = heard.seconds() / pieces.size();
        for (int i = 0; i < pieces.size(); i++) {
            words.addObject()
                    .put("word", pieces.get(i).strip())
                    .put("start", i * each)
                    .put("end", (i + 1) * each);
        }
    }

    private static ObjectNode usage(ObjectNode answer, Heard heard) {
        long said = Pieces.ofProse(heard.text()).size();
        var usage = answer.putObject("usage")
                .put("type", "tokens")
                .put("input_tokens", heard.inputTokens())
                .put("output_tokens", said)
                .put("total_tokens", heard.inputTokens() + said);
        usage.putObject("input_token_details").put("text_tokens", 0).put("audio_tokens", heard.inputTokens());
        return answer;
    }

    private static String span(Heard heard, char point) {
        return time(0, point) + " --> " + time(Math.round(heard.seconds() * 1000), point);
    }

    private static String time(long millis, char point) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                point,
                millis % 1000);
    }
}
