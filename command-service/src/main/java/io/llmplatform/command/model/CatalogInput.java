package io.llmplatform.command.model;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.event.ModelEvent.Catalog;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** In a body: what a model can do. */
record CatalogInput(
        @Nullable String description,
        @Nullable Long contextWindow,
        @Nullable Long maxOutput,
        @Nullable List<@Nullable String> inputModalities,
        @Nullable List<@Nullable String> outputModalities,
        @Nullable List<@Nullable String> capabilities) {
    private static final long MOST_TOKENS = 1_000_000_000;
    private static final int MOST_CAPABILITIES = 30;
    private static final Set<String> INPUTS = Set.of("text", "image", "audio", "video", "file");
    private static final Set<String> OUTPUTS =
            Set.of("text", "image", "audio", "video", "embedding", "moderation", "score");
    private static final Pattern CAPABILITY = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Catalog NONE = new Catalog(null, null, null, null, null, null);

    /** Absent when nothing is said. */
    static @Nullable Catalog catalog(@Nullable CatalogInput input) {
        if (input == null) {
            return null;
        }
        var catalog = new Catalog(
                input.description,
                input.contextWindow,
                input.maxOutput,
                sorted(input.inputModalities),
                sorted(input.outputModalities),
                sorted(input.capabilities));
        return catalog.equals(NONE) ? null : catalog;
    }

    /** One form for equal sets, so that another order is no change. */
    private static @Nullable List<String> sorted(@Nullable List<@Nullable String> values) {
        return values == null || values.isEmpty()
                ? null
                : values.stream().map(String::valueOf).distinct().sorted().toList();
    }

    static void check(FieldErrors errors, @Nullable CatalogInput input) {
        if (input == null) {
            return;
        }
        errors.optional("catalog.description", input.description, 1, 1000);
        tokens(errors, "catalog.context_window", input.contextWindow);
        tokens(errors, "catalog.max_output", input.maxOutput);
        words(errors, "catalog.input_modalities", input.inputModalities, INPUTS::contains, sortedText(INPUTS));
        words(errors, "catalog.output_modalities", input.outputModalities, OUTPUTS::contains, sortedText(OUTPUTS));
        words(
                errors,
                "catalog.capabilities",
                input.capabilities,
                CAPABILITY.asMatchPredicate(),
                "the form " + CAPABILITY.pattern());
    }

    private static String sortedText(Set<String> known) {
        return "one of " + String.join(", ", known.stream().sorted().toList());
    }

    private static void tokens(FieldErrors errors, String field, @Nullable Long tokens) {
        errors.check(tokens == null || (tokens >= 1 && tokens <= MOST_TOKENS), field, "expected 1 to " + MOST_TOKENS);
    }

    private static void words(
            FieldErrors errors,
            String field,
            @Nullable List<@Nullable String> words,
            Predicate<String> known,
            String expected) {
        if (words == null) {
            return;
        }
        errors.check(words.size() <= MOST_CAPABILITIES, field, "expected at most " + MOST_CAPABILITIES);
        for (int i = 0; i < Math.min(words.size(), MOST_CAPABILITIES); i++) {
            var word = words.get(i);
            errors.check(word != null && known.test(word), field + "[" + i + "]", "expected " + expected);
        }
    }
}
