package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.api.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechCapabilityTest {
    private static final String TEN_LETTERS = "'input':'ten letter','voice':'alloy'";

    @ParameterizedTest
    @ValueSource(strings = {"", ",'response_format':'wav'", ",'response_format':'mp3'", ",'response_format':'opus'"})
    void whateverIsAskedForARealWavComesAndSaysSo(String format) throws Exception {
        var reply = say("{" + TEN_LETTERS + format + "}");
        assertThat(reply.headers().get("Content-Type")).isEqualTo("audio/wav");
        try (var sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(Mock.bytes(reply)))) {
            assertThat(sound.getFormat().getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_SIGNED);
            assertThat(sound.getFormat().getSampleRate()).isEqualTo(24_000);
            assertThat(sound.getFormat().getSampleSizeInBits()).isEqualTo(16);
            assertThat(sound.getFormat().getChannels()).isEqualTo(1);
            assertThat(sound.getFormat().isBigEndian()).isFalse();
            // Ten characters of 60 ms.
            assertThat(sound.getFrameLength()).isEqualTo(14_400);
            assertThat(sound.readAllBytes()).contains(1).hasSize(28_800);
        }
    }

    @Test
    void pcmIsTheSameWithoutAHeader() {
        var wav = Mock.bytes(say("{" + TEN_LETTERS + "}"));
        var pcm = say("{" + TEN_LETTERS + ",'response_format':'pcm'}");
        assertThat(pcm.headers().get("Content-Type")).isEqualTo("audio/pcm");
        assertThat(Mock.bytes(pcm)).isEqualTo(Arrays.copyOfRange(wav, 44, wav.length));
    }

    @Test
    void eachVoiceHasItsToneAndSpeedShortens() {
        var alloy = Mock.bytes(say("{" + TEN_LETTERS + "}"));
        assertThat(Mock.bytes(say("{'input':'ten letter','voice':'nova'}")))
                .hasSameSizeAs(alloy)
                .isNotEqualTo(alloy);
        assertThat(Mock.bytes(say("{" + TEN_LETTERS + ",'speed':2}"))).hasSize(44 + 14_400);
        assertThat(Mock.bytes(say("{'input':'" + "x".repeat(4096) + "','voice':{'id':'v1'}}")))
                .hasSize(44 + 480_000);
    }

    @Test
    void aStreamCarriesTheSameSound() {
        var events = Mock.events(say("{" + TEN_LETTERS + ",'stream_format':'sse'}"));
        var sound = new ByteArrayOutputStream();
        for (var event : events.subList(0, events.size() - 1)) {
            assertThat(event.path("type").asString()).isEqualTo("speech.audio.delta");
            sound.writeBytes(Base64.getDecoder().decode(event.path("audio").asString()));
        }
        assertThat(sound.toByteArray()).isEqualTo(Mock.bytes(say("{" + TEN_LETTERS + "}")));
        assertThat(events.getLast())
                .isEqualTo(Mock.json("{'type':'speech.audio.done','usage':{'input_tokens':10,'output_tokens':2,"
                        + "'total_tokens':12}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'voice':'alloy'} | input",
                "{'input':'','voice':'alloy'} | input",
                "{'input':'x'} | voice",
                "{'input':'x','voice':{}} | voice",
                "{'input':'x','voice':'alloy','response_format':'ogg'} | response_format",
                "{'input':'x','voice':'alloy','speed':0.1} | speed",
                "{'input':'x','voice':'alloy','speed':5} | speed",
                "{'input':'x','voice':'alloy','stream_format':'x'} | stream_format"
            })
    void badInputIsRefused(String body, String param) {
        assertThatThrownBy(() -> say(body.strip())).isInstanceOfSatisfying(MockRefusal.class, refusal -> assertThat(
                        refusal.error().param())
                .isEqualTo(param));
        assertThatThrownBy(() -> say("{'input':'" + "x".repeat(4097) + "','voice':'alloy'}"))
                .isInstanceOf(MockRefusal.class);
    }

    private static Reply say(String body) {
        return new SpeechCapability().answer(Mock.ask(Operation.SPEECH, body));
    }
}
