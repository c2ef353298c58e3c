package io.llmplatform.proxy.upstream.mock;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hums one tone for as long as the text would take to say; each voice has its own. A mock has no encoder: whatever
 * compressed format is asked for (SDKs ask for MP3 unless told otherwise), a WAV comes and is called one.
 */
final class SpeechCapability implements Capability {
    private static final int MAX_INPUT = 4096;
    private static final int MILLIS_PER_CHARACTER = 60;
    private static final int MAX_MILLIS = 10_000;
    private static final int LOWEST_TONE = 220;
    private static final int TONES = 221;
    private static final int PIECE = 24_000;
    private static final List<String> FORMATS = List.of("mp3", "opus", "aac", "flac", "wav", "pcm");

    @Override
    public Reply answer(Ask ask) {
        var params = ask.json();
        var input = params.text("input");
        int characters = input.codePointCount(0, input.length());
        if (characters > MAX_INPUT) {
            throw new MockRefusal("input", "Expected at most " + MAX_INPUT + " characters as `input`.");
        }
        boolean pcm = params.oneOf("response_format", "mp3", FORMATS).equals("pcm");
        var samples = Wav.tone(LOWEST_TONE + (int) Math.floorMod(Hash.of(voice(params)), (long) TONES), (int)
                Math.min(MAX_MILLIS, characters * MILLIS_PER_CHARACTER / speed(params)));
        var sound = pcm ? samples : Wav.of(samples);
        return params.oneOf("stream_format", "audio", List.of("audio", "sse")).equals("sse")
                ? stream(sound, characters)
                : Reply.bytes(pcm ? "audio/pcm" : "audio/wav", Buffer.buffer(sound));
    }

    /** A name, or an object with the id of one's own voice. */
    private static String voice(Params params) {
        var voice = params.at("voice");
        var name = voice.isObject() ? voice.path("id").asString("") : params.text("voice");
        if (name.isEmpty()) {
            throw new MockRefusal("voice", "Expected a voice's name, or an object with its `id`, as `voice`.");
        }
        return name;
    }

    private static double speed(Params params) {
        double speed = params.at("speed").asDouble(1);
        if (!(speed >= 0.25 && speed <= 4)) {
            throw new MockRefusal("speed", "Expected a number from 0.25 to 4 as `speed`.");
        }
        return speed;
    }

    private static Reply stream(byte[] sound, int characters) {
        var pieces = IntStream.range(0, Math.ceilDiv(sound.length, PIECE))
                .mapToObj(i -> Arrays.copyOfRange(sound, i * PIECE, Math.min(sound.length, (i + 1) * PIECE)))
                .map(piece -> MockJson.event(MockJson.object()
                        .put("type", "speech.audio.delta")
                        .put("audio", Base64.getEncoder().encodeToString(piece))))
                .map(event -> new Reply.Part(event, true));
        var done = MockJson.object().put("type", "speech.audio.done");
        long spoken = Math.ceilDiv(sound.length, PIECE);
        done.putObject("usage")
                .put("input_tokens", characters)
                .put("output_tokens", spoken)
                .put("total_tokens", characters + spoken);
        return Reply.stream(Stream.concat(pieces, Stream.of(new Reply.Part(MockJson.event(done), false)))
                .iterator());
    }
}
