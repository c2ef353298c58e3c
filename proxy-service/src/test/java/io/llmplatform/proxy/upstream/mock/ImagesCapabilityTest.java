package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.api.Operation;
import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ImagesCapabilityTest {
    @ParameterizedTest
    @CsvSource({"1024x1024,1024,1024", "16x17,16,17", "101x33,101,33", "1536x1024,1536,1024", "auto,1024,1024"})
    void thePictureIsARealPngOfItsSize(String size, int width, int height) throws IOException {
        var picture = picture(draw("{'prompt':'a cat','size':'" + size + "'}").at("/data/0/b64_json"));
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
        assertThat(IntStream.range(0, width)
                        .flatMap(x -> IntStream.range(0, height).map(y -> picture.getRGB(x, y)))
                        .distinct()
                        .count())
                .isBetween(2L, 4L);
    }

    @Test
    void thePromptDecidesThePicture() {
        var cat = draw("{'prompt':'a cat'}");
        assertThat(draw("{'prompt':'a cat'}")).isEqualTo(cat);
        assertThat(draw("{'prompt':'a dog'}")).isNotEqualTo(cat);
    }

    @Test
    void everythingButThePictureIsOnTheWire() {
        var answer = draw("{'prompt':'a cat','n':2,'size':'64x64'}");
        var first = answer.at("/data/0/b64_json").asString();
        var second = answer.at("/data/1/b64_json").asString();
        assertThat(first).isNotEqualTo(second);
        assertThat(answer)
                .isEqualTo(Mock.json("{'created':1700000000,'data':[{'b64_json':'" + first + "'},{'b64_json':'" + second
                        + "'}],'output_format':'png','size':'64x64','usage':{'input_tokens':2,'output_tokens':8,"
                        + "'total_tokens':10,'input_tokens_details':{'text_tokens':2,'image_tokens':0}}}"));
    }

    @Test
    void aUrlOnDemandAndForModelsThatHaveNoOtherDefault() throws IOException {
        var url = draw("{'prompt':'a cat','size':'32x32','response_format':'url'}")
                .at("/data/0/url")
                .asString();
        assertThat(url).startsWith("data:image/png;base64,");
        assertThat(picture(Mock.json("'" + url.substring(url.indexOf(',') + 1) + "'"))
                        .getWidth())
                .isEqualTo(32);
        var ask = Mock.ask(
                Operation.IMAGE_GENERATIONS,
                "application/json",
                Buffer.buffer("{\"prompt\":\"a cat\"}"),
                false,
                "dall-e-3");
        assertThat(Mock.json(new ImagesCapability().answer(ask)).at("/data/0").propertyNames())
                .containsExactly("url");
    }

    @Test
    void anEditIsAFormWithAPicture() throws IOException {
        var edited = Mock.json(new ImagesCapability()
                .answer(new Form()
                        .field("prompt", "a hat")
                        .field("n", "2")
                        .field("size", "48x32")
                        .file("image[]", "a.png", new byte[10])
                        .file("image[]", "b.png", new byte[10])
                        .ask(Operation.IMAGE_EDITS)));
        assertThat(edited.path("data")).hasSize(2);
        assertThat(edited.at("/usage/input_tokens_details/image_tokens").asInt())
                .isEqualTo(170);
        assertThat(picture(edited.at("/data/0/b64_json")).getWidth()).isEqualTo(48);
        assertThatThrownBy(() -> new ImagesCapability()
                        .answer(new Form().field("prompt", "a hat").ask(Operation.IMAGE_EDITS)))
                .isInstanceOf(MockRefusal.class);
        assertThat(new ImagesCapability()
                        .answer(Mock.ask(
                                Operation.IMAGE_EDITS,
                                "{'prompt':'a hat','images':[{'image_url':'data:,'}],'size':'16x16'}"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | prompt",
                "{'prompt':''} | prompt",
                "{'prompt':7} | prompt",
                "{'prompt':'x','n':0} | n",
                "{'prompt':'x','n':11} | n",
                "{'prompt':'x','size':'8x8'} | size",
                "{'prompt':'x','size':'4096x16'} | size",
                "{'prompt':'x','size':'big'} | size",
                "{'prompt':'x','output_format':'webp'} | output_format",
                "{'prompt':'x','response_format':'file'} | response_format",
                "{'prompt':'x','stream':true} | stream"
            })
    void badInputIsRefused(String body, String param) {
        assertThatThrownBy(() -> draw(body.strip())).isInstanceOfSatisfying(MockRefusal.class, refusal -> assertThat(
                        refusal.error().param())
                .isEqualTo(param));
    }

    private static JsonNode draw(String body) {
        return Mock.json(new ImagesCapability().answer(Mock.ask(Operation.IMAGE_GENERATIONS, body)));
    }

    private static BufferedImage picture(JsonNode base64) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64.asString())));
    }
}
