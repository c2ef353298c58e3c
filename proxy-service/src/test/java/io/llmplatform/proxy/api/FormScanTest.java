package io.llmplatform.proxy.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormScanTest {
    private static final String TYPE = "multipart/form-data; boundary=XX";
    private static final String MODEL = part("name=\"model\"", "whisper-1");

    @Test
    void allThatMattersIsFound() throws Exception {
        var body = "preamble\r\nof two lines\r\n"
                + part("name=\"file\"; filename=\"a b.wav\"", "Content-Type: audio/wav", "RIFF\0\r\n-XX--XX\r\n")
                + MODEL + part("name=stream", "true") + part("name=\"response_format\"", "verbose_json")
                + part("name=\"prompt\"", "你好\r\n") + part("name=\"timestamp_granularities[]\"", "word")
                + part("name=\"timestamp_granularities[]\"", "segment") + part("name=\"image[]\"; filename=\"\"", "")
                + "--XX-- \t\r\nepilogue\r\n";
        var scan = scan(body);
        assertThat(scan.model()).isEqualTo("whisper-1");
        assertThat(scan.stream()).isTrue();
        assertThat(scan.responseFormat()).isEqualTo("verbose_json");
        assertThat(scan.prompt()).isEqualTo("你好\r\n");
        assertThat(scan.files()).hasSize(2);
        var file = scan.files().getFirst();
        assertThat(file.name()).isEqualTo("file");
        assertThat(file.filename()).isEqualTo("a b.wav");
        assertThat(file.contentType()).isEqualTo("audio/wav");
        assertThat(new String(body.getBytes(UTF_8), file.from(), file.size(), UTF_8))
                .isEqualTo("RIFF\0\r\n-XX--XX\r\n");
        assertThat(scan.files().getLast())
                .isEqualTo(new FormScan.File(
                        "image[]", "", null, scan.files().getLast().from(), 0));
        assertThat(spliced(body, scan, "up/stream")).isEqualTo(body.replace("whisper-1", "up/stream"));
    }

    @Test
    void theLeastFormIsOneModel() throws Exception {
        var scan = scan(MODEL + "--XX--");
        assertThat(scan)
                .isEqualTo(new FormScan("whisper-1", scan.modelFrom(), scan.modelTo(), false, null, null, List.of()));
        assertThat(spliced(MODEL + "--XX--", scan, "")).isEqualTo(part("name=\"model\"", "") + "--XX--");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=XX",
                "Multipart/Form-Data;BOUNDARY=\"XX\"",
                "multipart/form-data; charset=utf-8; boundary=XX;",
                "multipart/form-data ;\tx=\"a;boundary=b\"; boundary=XX",
            })
    void theBoundaryIsReadAsWritten(String contentType) throws Exception {
        assertThat(FormScan.scan(bytes(MODEL + "--XX--"), contentType).model()).isEqualTo("whisper-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "multipart/mixed; boundary=XX",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"XX \"",
                "multipart/form-data; boundary=\"XX",
                "multipart/form-data; boundary=XX; boundary=YY",
                "multipart/form-data; boundary=\"X\\X\"",
                "multipart/form-data; boundary*=XX",
                "multipart/form-data; boundary*0=X; boundary*1=X",
                "multipart/form-data; boundary=X X",
                "multipart/form-data, boundary=XX",
                "multipart/form-data; boundary=\"é\"",
                "multipart/form-data; boundary=XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            })
    void withoutOneBoundaryThereIsNoForm(String contentType) {
        assertThatThrownBy(() -> FormScan.scan(bytes(MODEL + "--XX--"), contentType))
                .isInstanceOf(MalformedFormException.class)
                .hasMessageContaining("boundary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--XX",
                "XX",
                "x--XX\r\n",
                "\r\nXX",
                "\r\n-XX",
                "\r\n--X",
                "\r\n--XYX",
                "--XX--",
                "\r\n --XX",
                "\n",
                "\r",
                "\r\n"
            })
    void whatOnlyLooksLikeABoundaryIsData(String data) throws Exception {
        var content = "a" + data + "b";
        var body = part("name=\"file\"; filename=\"f\"", content) + MODEL + "--XX--";
        var file = scan(body).files().getFirst();
        assertThat(new String(bytes(body), file.from(), file.size(), UTF_8)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n--XX\r\n",
                "\r--XX\r\n",
                "\n--XX",
                "\r\n--XXY",
                "\r\n--XX-",
                "\r\n--XX\n",
                "\r\n--XX--x",
                "\r\n--XX \tx"
            })
    void whatReadersDisagreeOnIsRefused(String data) {
        refused(
                part("name=\"file\"; filename=\"f\"", "a" + data + "b") + MODEL + "--XX--",
                null,
                "starts like its boundary");
        refused(MODEL + "--XX--\r\n" + data, null, "starts like its boundary|goes on behind|ends before");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name=\"mod%65l\"",
                "name=\"mod\\el\"",
                "name=\"\\m\\o\\d\\e\\l\"",
                "name=\"%6D\\odel\"",
            })
    void aNameInDisguiseIsRefused(String name) {
        refused(MODEL + part(name, "other") + "--XX--", "model", "without escapes");
    }

    @Test
    void namesAreUnquoted() throws Exception {
        var body = MODEL + part("filename=\"C:\\dir\\a.png\"; name=\"fi\\\"le\\\\;x\"", "1")
                + part("name=\"100%\"; filename=\"say %22hi%22\"", "22")
                + part("name=f; filename*=utf-8''%e4%bd%a0", "")
                + part("name=\"+\"; filename=x", "") + "--XX--";
        assertThat(scan(body).files())
                .extracting(FormScan.File::name, FormScan.File::filename, FormScan.File::size)
                .containsExactly(
                        tuple("fi\"le\\;x", "C:\\dir\\a.png", 1),
                        tuple("100%", "say %22hi%22", 2),
                        tuple("f", "utf-8''%e4%bd%a0", 0),
                        tuple("+", "x", 0));
    }

    @Test
    void brokenFormsAreRefused() {
        refused("", null, "does not contain the boundary");
        refused("--YY\r\n", null, "does not contain the boundary");
        refused("--XX--", "model", "must provide a `model`");
        refused("--XX", null, "ends before its closing");
        refused("--XX\r\n", null, "ends before its closing");
        refused(MODEL, null, "ends before its closing");
        refused(MODEL + "--XX", null, "ends before its closing");
        refused(MODEL + "--XX\r\n", null, "ends before its closing");
        refused(MODEL + "--XX--\r\n" + MODEL + "--XX--", null, "goes on behind");
        refused(MODEL + "--XX\r\n--XX--", null, "malformed");
        refused(MODEL + "--XX\r\n\r\n--XX--", null, "malformed");
        refused(MODEL + "--XX\r\n\r\n\r\n--XX--", null, "Content-Disposition");
        refused(
                MODEL
                        + "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--XX--"
                                .replace("\r\n\r\n--", "\r\n--"),
                null,
                "malformed");
        refused(MODEL.replace("form-data", "attachment") + "--XX--", null, "Content-Disposition");
        refused(MODEL.replace("; name=\"model\"", "") + "--XX--", null, "Content-Disposition");
        refused(MODEL.replace("name=\"model\"", "name=\"a\"; name=\"model\"") + "--XX--", null, "malformed");
        refused(MODEL.replace("name=\"model\"", "name=\"model") + "--XX--", null, "malformed");
        refused(MODEL.replace("name=\"model\"", "name=\"model\"x") + "--XX--", null, "malformed");
        refused(MODEL.replace("name=\"model\"", "name*=utf-8''model") + "--XX--", null, "malformed");
        refused(MODEL.replace("Content-Disposition:", "Content-Disposition :") + "--XX--", null, "malformed");
        refused(MODEL.replace("; name", ";\r\n name") + "--XX--", null, "malformed");
        refused(MODEL.replace("; name", ";\n name") + "--XX--", null, "malformed");
        refused(MODEL.replace("; name", ";\0 name") + "--XX--", null, "malformed");
        refused(
                part("name=\"a\"", "Content-Disposition: form-data; name=\"model\"", "m") + "--XX--",
                null,
                "malformed");
        refused(part("name=\"model\"", "X: " + "y".repeat(9000), "m") + "--XX--", null, "malformed");
        refused(
                part("name=\"model\"", "Content-Transfer-Encoding: base64", "bQ==") + "--XX--",
                null,
                "Transfer-Encoding");
    }

    @Test
    void fieldsThatSteerStandThereOnceAndPlainly() {
        refused(part("name=\"file\"; filename=\"f\"", "x") + "--XX--", "model", "must provide a `model`");
        refused(MODEL + MODEL + "--XX--", "model", "more than once");
        refused(part("name=\"model\"", "") + "--XX--", "model", "must not be empty");
        refused(part("name=\"model\"", " \t") + "--XX--", "model", "must not be empty");
        refused(part("name=\"model\"", "m".repeat(257)) + "--XX--", "model", "longer than 256 bytes");
        refused(part("name=\"model\"; filename=\"m\"", "m") + "--XX--", "model", "must be text");
        refused(part("name=\"model\"", "Content-Type: text/plain; charset=utf-16", "m") + "--XX--", "model", "UTF-8");
        refused(MODEL + part("name=\"stream\"", "1") + "--XX--", "stream", "`true` or `false`");
        refused(
                MODEL + part("name=\"stream\"", "true") + part("name=\"stream\"", "false") + "--XX--",
                "stream",
                "more than once");
        refused(MODEL + part("name=\"prompt\"", "p".repeat(131073)) + "--XX--", "prompt", "longer than 131072 bytes");
        assertThatThrownBy(
                        () -> FormScan.scan((part("name=\"model\"", "\u00e9") + "--XX--").getBytes(ISO_8859_1), TYPE))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void sixtyFourPartsAndNoMore() throws Exception {
        var others = part("name=\"x\"", "y").repeat(63);
        assertThat(scan(others + MODEL + "--XX--").model()).isEqualTo("whisper-1");
        refused(others + part("name=\"x\"", "y") + MODEL + "--XX--", null, "more than 64 parts");
    }

    /** No bytes make it fail in another way, and a cut-off form is never taken for a whole one. */
    @Test
    void neverFailsInAnotherWay() throws Exception {
        var whole = bytes(part("name=\"file\"; filename=\"f\"", "data\r\n--X") + MODEL + "--XX--\r\n");
        for (int length = 0; length < whole.length - 2; length++) {
            assertThat(catchThrowable(cut(whole, length))).as("%s", length).isInstanceOf(MalformedFormException.class);
        }
        var random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            var mutated = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                mutated[random.nextInt(mutated.length)] =
                        "\r\n-X\";=\\ \0\u00ff".getBytes(ISO_8859_1)[random.nextInt(11)];
            }
            var thrown = catchThrowable(cut(mutated, mutated.length));
            assertThat(thrown == null || thrown instanceof MalformedFormException)
                    .as("%s", thrown)
                    .isTrue();
        }
    }

    /** Each body would cost a naive search boundary times body; a scan of 16 MB takes milliseconds, so the bound is generous. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "a", "\n", "\r\n--aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void hostileBodiesTakeLinearTime(String filling) {
        for (var boundary : new String[] {"a".repeat(70), "-".repeat(69) + "a", "-".repeat(67) + "a-"}) {
            var body = bytes(filling.repeat(16_000_000 / filling.length()));
            assertTimeout(Duration.ofSeconds(2), () -> assertThatThrownBy(
                            () -> FormScan.scan(body, "multipart/form-data; boundary=" + boundary))
                    .isInstanceOf(MalformedFormException.class));
        }
    }

    private static ThrowingCallable cut(byte[] body, int length) {
        return () -> FormScan.scan(Arrays.copyOf(body, length), TYPE);
    }

    private static void refused(String body, String param, String sentence) {
        assertThatThrownBy(() -> scan(body)).isInstanceOfSatisfying(MalformedFormException.class, e -> {
            assertThat(e.sentence()).containsPattern(sentence).endsWith(".");
            assertThat(e.param()).isEqualTo(param);
        });
    }

    private static FormScan scan(String body) throws MalformedFormException {
        return FormScan.scan(bytes(body), TYPE);
    }

    private static String spliced(String body, FormScan scan, String model) {
        var bytes = bytes(body);
        return new String(bytes, 0, scan.modelFrom(), UTF_8)
                + model
                + new String(bytes, scan.modelTo(), bytes.length - scan.modelTo(), UTF_8);
    }

    private static String part(String disposition, String data) {
        return part(disposition, null, data);
    }

    private static String part(String disposition, String header, String data) {
        return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n"
                + (header == null ? "" : header + "\r\n") + "\r\n" + data + "\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
