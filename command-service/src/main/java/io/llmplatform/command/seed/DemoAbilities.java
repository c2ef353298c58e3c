package io.llmplatform.command.seed;

import io.llmplatform.contracts.event.ModelEvent.Catalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue entries of the demo's models. */
final class DemoAbilities {
    private static final List<String> TEXT = List.of("text");

    private DemoAbilities() {}

    static @Nullable Catalog of(String model) {
        return switch (model) {
            case "gpt-4o" ->
                new Catalog(
                        "Versatile; sees pictures",
                        128_000L,
                        16_384L,
                        List.of("image", "text"),
                        TEXT,
                        List.of("structured_output", "tools"));
            case "deepseek-chat" ->
                new Catalog("Inexpensive", 128_000L, 8_192L, TEXT, TEXT, List.of("structured_output", "tools"));
            case "claude-sonnet" ->
                new Catalog(
                        "Strong at code and long tasks",
                        200_000L,
                        64_000L,
                        List.of("file", "image", "text"),
                        TEXT,
                        List.of("prompt_caching", "reasoning", "tools"));
            case "gemini-flash" ->
                new Catalog(
                        "Fast, with a long memory",
                        1_048_576L,
                        65_536L,
                        List.of("audio", "image", "text", "video"),
                        TEXT,
                        List.of("reasoning", "structured_output", "tools"));
            case "text-embedding-3-small" -> only(TEXT, "embedding");
            case "omni-moderation-latest" -> only(List.of("image", "text"), "moderation");
            case "gpt-image-1" -> only(List.of("image", "text"), "image");
            case "gpt-4o-mini-tts" -> only(TEXT, "audio");
            case "whisper-1" -> only(List.of("audio"), "text");
            case "rerank-1" -> only(TEXT, "score");
            default -> null;
        };
    }

    private static Catalog only(List<String> input, String output) {
        return new Catalog(null, null, null, input, List.of(output), null);
    }
}
