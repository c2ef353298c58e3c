package io.llmplatform.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLineTest {
    /** The grammar a reader of such logs goes by. */
    private static final Pattern FIELD = Pattern.compile(
            "([a-z_]+)=(?:\"((?:[^\"\\\\\\p{Cntrl}]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*)\"|([^ \"=]+))(?: |$)");

    @Test
    void oneLineSaysAll() {
        var line = new AccessLine(
                "req_1",
                "POST",
                "/v1/chat/completions?key=secret",
                200,
                12,
                3456,
                78,
                "2001:db8::1",
                "usr_1",
                "key_1",
                "gpt-4o",
                "success",
                "OpenAI/JS 7.57.0",
                "0af7651916cd43dd8448eb211c80319c");
        assertThat(line.format())
                .isEqualTo("id=req_1 method=POST path=/v1/chat/completions status=200 bytes_in=12 bytes_out=3456 ms=78"
                        + " ip=2001:db8::1 user=usr_1 key=key_1 model=gpt-4o outcome=success ua=\"OpenAI/JS 7.57.0\""
                        + " trace=0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void whatIsAbsentIsADash() {
        var line = new AccessLine("r", "GET", "/", 404, 0, 0, 1, null, null, null, null, null, null, null);
        assertThat(line.format())
                .isEqualTo("id=r method=GET path=/ status=404 bytes_in=0 bytes_out=0 ms=1"
                        + " ip=- user=- key=- model=- outcome=- ua=- trace=-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`a\nb` | \"a\\u000ab\"",
                "`a\r\nid=forged` | \"a\\u000d\\u000aid=forged\"",
                "x status=500 | \"x status=500\"",
                "x=y | \"x=y\"",
                "say \"hi\" status=500 | \"say \\\"hi\\\" status=500\"",
                "back\\ | \"back\\\\\"",
                "\\\" ip=1.1.1.1 | \"\\\\\\\" ip=1.1.1.1\"",
                "- | \"-\"",
                "`` | \"\"",
                "`\u0000\u001b[31m\u007f` | \"\\u0000\\u001b[31m\\u007f\"",
                "`\u0085\u2028\u2029\u00a0` | \"\\u0085\\u2028\\u2029\\u00a0\"",
                "`\u202eevil\u200b\ufeff` | \"\\u202eevil\\u200b\\ufeff\"",
                "`\ud800x` | \"\\ud800x\"",
                "`通义千问😀` | \"通义千问😀\"",
            })
    void hostileTextStaysInItsField(String value, String expected) {
        assertThat(withModel(value == null ? "" : value).format()).contains(" key=- model=" + expected + " outcome=- ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?b=c", "/a#b", "/a?"})
    void whatStandsBehindThePathIsNotWritten(String path) {
        var line = new AccessLine("r", "GET", path, 200, 0, 0, 1, null, null, null, null, null, null, null);
        assertThat(line.format()).contains(" path=/a status=");
    }

    @Test
    void lengthsAreBounded() {
        var huge = "😀\n\"".repeat(100_000);
        var line = new AccessLine(huge, huge, huge, 1, 2, 3, 4, huge, huge, huge, huge, huge, huge, huge).format();
        assertThat(line).hasSizeLessThan(12_000);
        assertThat(withModel("m".repeat(128)).format()).contains(" model=" + "m".repeat(128) + " ");
        assertThat(withModel("m".repeat(129)).format()).contains(" model=\"" + "m".repeat(128) + "…\" ");
        assertThat(withModel("m".repeat(127) + "😀").format()).contains("m😀…\" ");
        assertFields(line);
    }

    @Test
    void noCharacterBreaksTheGrammar() {
        for (int c = 0; c <= 0xFFFF; c++) {
            assertFields(withModel("a" + (char) c + "b c=d").format());
        }
    }

    private static void assertFields(String line) {
        var matcher = FIELD.matcher(line);
        int fields = 0;
        while (matcher.lookingAt()) {
            fields++;
            matcher.region(matcher.end(), line.length());
        }
        assertThat(matcher.regionStart()).isEqualTo(line.length());
        assertThat(fields).isEqualTo(14);
        assertThat(line.lines().count()).isEqualTo(1);
    }

    private static AccessLine withModel(String model) {
        return new AccessLine("r", "GET", "/", 200, 0, 0, 1, null, null, null, model, null, null, null);
    }
}
