package io.llmplatform.proxy.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON request of one operation must look like before anybody else is bothered with it. Everything not named here
 * passes unseen.
 *
 * @param required     fields that must be there
 * @param numbers      fields that must be numbers where given
 * @param integers     fields that must be integers where given
 * @param streams      whether {@code stream} has a meaning
 * @param asksUsage    whether a stream tells its usage only when {@code stream_options} asks for it
 * @param defaultModel the model meant when none is named
 */
record RequestRules(
        Map<String, Kind> required,
        Set<String> numbers,
        Set<String> integers,
        boolean streams,
        boolean asksUsage,
        @Nullable String defaultModel) {
    enum Kind {
        /** A non-empty array of objects. */
        OBJECTS,
        /** Anything but null. */
        ANY,
        /** A string, or a non-empty array. */
        TEXTS,
        /** Likewise, and the string is not empty either. */
        SOME_TEXTS,
        STRING,
        INTEGER
    }

    private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "presence_penalty", "frequency_penalty");
    private static final RequestRules NONE = new RequestRules(Map.of(), Set.of(), Set.of(), false, false, null);
    private static final Map<Operation, RequestRules> ALL = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    Operation.CHAT,
                    new RequestRules(
                            Map.of("messages", Kind.OBJECTS),
                            SAMPLING,
                            Set.of("max_tokens", "max_completion_tokens", "n", "seed"),
                            true,
                            true,
                            null)),
            Map.entry(
                    Operation.RESPONSES,
                    new RequestRules(
                            Map.of(), Set.of("temperature", "top_p"), Set.of("max_output_tokens"), true, false, null)),
            Map.entry(
                    Operation.COMPLETIONS,
                    new RequestRules(
                            Map.of("prompt", Kind.TEXTS),
                            SAMPLING,
                            Set.of("max_tokens", "n", "best_of", "seed"),
                            true,
                            true,
                            null)),
            Map.entry(
                    Operation.MESSAGES,
                    new RequestRules(
                            Map.of("messages", Kind.OBJECTS, "max_tokens", Kind.INTEGER),
                            Set.of("temperature", "top_p"),
                            Set.of("max_tokens", "top_k"),
                            true,
                            false,
                            null)),
            Map.entry(
                    Operation.COUNT_TOKENS,
                    new RequestRules(Map.of("messages", Kind.OBJECTS), Set.of(), Set.of(), false, false, null)),
            Map.entry(
                    Operation.EMBEDDINGS,
                    new RequestRules(
                            Map.of("input", Kind.SOME_TEXTS), Set.of(), Set.of("dimensions"), false, false, null)),
            Map.entry(
                    Operation.MODERATIONS,
                    new RequestRules(
                            Map.of("input", Kind.TEXTS), Set.of(), Set.of(), false, false, "omni-moderation-latest")),
            Map.entry(
                    Operation.IMAGE_GENERATIONS,
                    new RequestRules(Map.of("prompt", Kind.STRING), Set.of(), Set.of("n"), true, false, "gpt-image-1")),
            Map.entry(
                    Operation.IMAGE_EDITS,
                    new RequestRules(Map.of("prompt", Kind.STRING), Set.of(), Set.of("n"), true, false, "gpt-image-1")),
            Map.entry(
                    Operation.SPEECH,
                    new RequestRules(
                            Map.of("input", Kind.STRING, "voice", Kind.ANY),
                            Set.of("speed"),
                            Set.of(),
                            false,
                            false,
                            null)),
            Map.entry(
                    Operation.RERANK,
                    new RequestRules(
                            Map.of("query", Kind.STRING, "documents", Kind.TEXTS),
                            Set.of(),
                            Set.of("top_n"),
                            false,
                            false,
                            null))));

    static RequestRules of(Operation operation) {
        return ALL.getOrDefault(operation, NONE);
    }
}
