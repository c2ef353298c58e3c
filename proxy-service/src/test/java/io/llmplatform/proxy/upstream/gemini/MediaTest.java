package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Chat.messages;
import static io.llmplatform.proxy.upstream.gemini.Chat.refusal;
import static io.llmplatform.proxy.upstream.gemini.Chat.request;
import static io.llmplatform.proxy.upstream.gemini.Chat.same;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTest {
    @Test
    void dataGoesInsideAndAddressesGoAsAddresses() {
        same(request(messages("[{\"role\":\"user\",\"content\":" + """
                [{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO","detail":"high"}},
                 {"type":"image_url","image_url":{"url":"https://x.test/a.b/cat.JPG?w=1.5#p.png"}},
                 {"type":"image_url","image_url":{"url":"gs://bucket/cat.webp"}},
                 {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}},
                 {"type":"input_audio","input_audio":{"data":"SUQz","format":"mp3"}},
                 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;name=a.pdf;base64,JVBE"}},
                 {"type":"file","file":{"filename":"b.pdf","file_data":"JVBE"}}]}]""")).get("contents"), """
                [{"role":"user","parts":[
                  {"inlineData":{"mimeType":"image/png","data":"iVBO"}},
                  {"fileData":{"mimeType":"image/jpeg","fileUri":"https://x.test/a.b/cat.JPG?w=1.5#p.png"}},
                  {"fileData":{"mimeType":"image/webp","fileUri":"gs://bucket/cat.webp"}},
                  {"inlineData":{"mimeType":"audio/wav","data":"UklG"}},
                  {"inlineData":{"mimeType":"audio/mp3","data":"SUQz"}},
                  {"inlineData":{"mimeType":"application/pdf","data":"JVBE"}},
                  {"inlineData":{"mimeType":"application/pdf","data":"JVBE"}}]}]""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.test/cat\"}}|image_url.url",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.test/cat.pdf\"}}|image_url.url",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc/cat.png\"}}|image_url.url",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/svg+xml,<svg/>\"}}|image_url.url",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:;base64,AA\"}}|image_url.url",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:\"}}|image_url.url",
                "{\"type\":\"image_url\",\"image_url\":\"https://x.test/cat.png\"}|image_url",
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA\",\"format\":\"pcm16\"}}|input_audio.format",
                "{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}|file",
                "{\"type\":\"file\",\"file\":{\"file_data\":\"JVBE\"}}|file.file_data"
            })
    void whatGeminiCannotReadIsNamed(String part, String param) {
        assertThat(refusal(messages("[{\"role\":\"user\",\"content\":[" + part + "]}]"))
                        .param())
                .isEqualTo("messages[0].content[0]." + param);
    }
}
