package io.llmplatform.contracts.policy;

import java.util.List;

/** The operations of the data plane by the names they have in scopes, conditions and usage records. */
public final class Endpoints {
    public static final String CHAT_COMPLETIONS = "chat.completions";
    public static final String EMBEDDINGS = "embeddings";
    public static final String MODELS = "models";

    /** All there are, in the order in which people are shown them. */
    public static final List<String> ALL = List.of(
            CHAT_COMPLETIONS,
            "responses",
            "completions",
            "messages",
            "messages.count_tokens",
            EMBEDDINGS,
            "moderations",
            "images.generations",
            "images.edits",
            "audio.transcriptions",
            "audio.translations",
            "audio.speech",
            "rerank",
            "realtime",
            MODELS);

    private Endpoints() {}
}
