package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Draws, and "edits" by drawing anew: the same prompt is always the same picture. Without {@code response_format} the
 * models named dall-e answer with a (data:) URL and all others with base64, as OpenAI's do. Always PNG, never streamed.
 */
final class ImagesCapability implements Capability {
    private static final int MAX_IMAGES = 10;
    private static final int MAX_SIDE = 2048;
    private static final int MIN_SIDE = 16;
    private static final int PIXELS_PER_TOKEN = 1024;
    private static final int TOKENS_PER_IMAGE_SHOWN = 85;
    private static final Pattern SIZE = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

    private record Size(int width, int height) {
        static Size of(String text) {
            var sides = SIZE.matcher(text.equals("auto") ? "1024x1024" : text);
            if (sides.matches()) {
                var size = new Size(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
                if (Math.min(size.width, size.height) >= MIN_SIDE && Math.max(size.width, size.height) <= MAX_SIDE) {
                    return size;
                }
            }
            throw new MockRefusal(
                    "size",
                    "Expected `auto` or a size such as 1024x1024 of " + MIN_SIDE + " to " + MAX_SIDE + " each.");
        }
    }

    @Override
    public Reply answer(Ask ask) {
        var form = ask.isForm() ? ask.form() : null;
        var params = form == null ? ask.json() : form.fields();
        int shown = 0;
        if (ask.operation() == Operation.IMAGE_EDITS) {
            shown = form == null ? params.at("images").size() : form.files().size();
            if (form != null) {
                form.file("image");
            } else if (shown == 0) {
                throw new MockRefusal("images", "Expected at least one image in `images`.");
            }
        }
        return draw(ask, params, shown);
    }

    private static Reply draw(Ask ask, Params params, int shown) {
        params.without("stream");
        var prompt = params.text("prompt");
        int images = params.integer("n", 1, MAX_IMAGES, 1);
        var size = Size.of(params.text("size", "auto"));
        params.oneOf("output_format", "png", List.of("png"));
        boolean url = params.oneOf(
                        "response_format",
                        ask.model().startsWith("dall-e") ? "url" : "b64_json",
                        List.of("url", "b64_json"))
                .equals("url");
        var answer = MockJson.object().put("created", ask.created());
        var data = answer.putArray("data");
        for (int i = 0; i < images; i++) {
            var png = Base64.getEncoder().encodeToString(Png.draw(Hash.of(prompt) + i, size.width(), size.height()));
            data.addObject().put(url ? "url" : "b64_json", url ? "data:image/png;base64," + png : png);
        }
        answer.put("output_format", "png").put("size", size.width() + "x" + size.height());
        long text = TokenEstimate.of(prompt);
        long seen = (long) shown * TOKENS_PER_IMAGE_SHOWN;
        long drawn = (long) images * Math.ceilDiv(size.width() * size.height(), PIXELS_PER_TOKEN);
        var usage = answer.putObject("usage")
                .put("input_tokens", text + seen)
                .put("output_tokens", drawn)
                .put("total_tokens", text + seen + drawn);
        usage.putObject("input_tokens_details").put("text_tokens", text).put("image_tokens", seen);
        return Reply.json(answer);
    }
}
