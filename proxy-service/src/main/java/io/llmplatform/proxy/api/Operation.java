package io.llmplatform.proxy.api;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One thing a provider can be asked to do. Most are also endpoints of the data plane; the last ones exist towards providers only. */
public enum Operation {
    CHAT("chat.completions", "/chat/completions"),
    RESPONSES("responses", "/responses"),
    COMPLETIONS("completions", "/completions"),
    MESSAGES("messages", "/messages"),
    COUNT_TOKENS("messages.count_tokens", "/messages/count_tokens"),
    EMBEDDINGS("embeddings", "/embeddings"),
    MODERATIONS("moderations", "/moderations"),
    IMAGE_GENERATIONS("images.generations", "/images/generations"),
    IMAGE_EDITS("images.edits", "/images/edits"),
    TRANSCRIPTIONS("audio.transcriptions", "/audio/transcriptions"),
    TRANSLATIONS("audio.translations", "/audio/translations"),
    SPEECH("audio.speech", "/audio/speech"),
    RERANK("rerank", "/rerank"),
    REALTIME("realtime", "/realtime"),
    GEMINI_CONTENT("gemini.generate_content", ""),
    GEMINI_EMBEDDINGS("gemini.embed_contents", "");

    private static final Map<String, Operation> BY_PATH = Arrays.stream(values())
            .filter(operation -> !operation.path.isEmpty())
            .collect(Collectors.toUnmodifiableMap(Operation::path, Function.identity()));

    private final String wire;
    private final String path;

    Operation(String wire, String path) {
        this.wire = wire;
        this.path = path;
    }

    /** The name in usage records, scopes and conditions. */
    public String wire() {
        return wire;
    }

    /** Behind the version prefix, on our side and on that of providers that speak OpenAI or Anthropic; empty when clients cannot ask for it. */
    public String path() {
        return path;
    }

    /** Whether it belongs to Anthropic's API, with its errors and headers. */
    public boolean anthropic() {
        return this == MESSAGES || this == COUNT_TOKENS;
    }

    /** Whether the request is a form with files instead of JSON. */
    public boolean multipart() {
        return this == TRANSCRIPTIONS || this == TRANSLATIONS || this == IMAGE_EDITS;
    }

    /** @param path behind the version prefix */
    public static Optional<Operation> at(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }
}
