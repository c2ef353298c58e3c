package io.llmplatform.proxy.upstream.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {
    @Test
    void fieldsAndFilesAreFoundWhateverBytesTheyHave() {
        var bytes = "\r\n--\r\n------formdata-7MA4\r\n\r\n\0\n--".getBytes(UTF_8);
        var form = MultipartForm.parse(
                Form.TYPE,
                new Form()
                        .field("prompt", "画一只猫 🐈\r\n--")
                        .file("image[]", "猫.png", bytes)
                        .field("empty", "")
                        .field("granularity[]", "word")
                        .field("granularity[]", "segment")
                        .end()
                        .getBytes());
        assertThat(form.fields().root())
                .isEqualTo(Mock.json("{'prompt':'画一只猫 🐈\\r\\n--','empty':'','granularity[]':'word,segment'}"));
        assertThat(form.files()).containsExactly(new MultipartForm.File("image[]", "猫.png", bytes.length));
        assertThat(form.file("image")).isEqualTo(form.files().getFirst());
    }

    @Test
    void aFileNameBeforeTheNameAndABoundaryInQuotes() {
        var form = MultipartForm.parse(
                "Multipart/Form-Data; charset=utf-8; boundary=\"b c\"",
                ("preamble\r\n--b c\r\ncontent-disposition: form-data; filename=\"a.wav\"; name=file\r\n\r\nxyz\r\n"
                                + "--b c--")
                        .getBytes(UTF_8));
        assertThat(form.files()).containsExactly(new MultipartForm.File("file", "a.wav", 3));
    }

    @Test
    void bytesWithoutAFileNameAreAFileAllTheSame() {
        var form = MultipartForm.parse(
                "multipart/form-data; boundary=b",
                ("--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Type: audio/wav\r\n\r\nxyz\r\n--b\r\n"
                                + "Content-Disposition: form-data; name=\"n\"\r\nContent-Type: text/plain\r\n\r\n2\r\n--b--")
                        .getBytes(UTF_8));
        assertThat(form.files()).containsExactly(new MultipartForm.File("file", "unnamed", 3));
        assertThat(form.fields().integer("n", 1, 10, 1)).isEqualTo(2);
    }

    @Test
    void everyCutOfAFormIsRefusedAndNeverAnotherException() {
        var whole =
                new Form().field("a", "b").file("file", "f", new byte[3]).end().getBytes();
        for (int length = 0; length < whole.length - 4; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MultipartForm.parse(Form.TYPE, cut))
                    .as("%d bytes", length)
                    .isInstanceOf(MockRefusal.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "multipart/form-data", "multipart/mixed; boundary=x"})
    void whatIsNoFormIsRefused(String contentType) {
        assertThatThrownBy(() -> MultipartForm.parse(contentType, new byte[0])).isInstanceOf(MockRefusal.class);
    }

    @Test
    void aFormOfEndlessPartsIsRefused() {
        var form = new Form();
        for (int i = 0; i < 200; i++) {
            form.field("a", "b");
        }
        var body = form.end().getBytes();
        assertThatThrownBy(() -> MultipartForm.parse(Form.TYPE, body)).isInstanceOf(MockRefusal.class);
    }
}
