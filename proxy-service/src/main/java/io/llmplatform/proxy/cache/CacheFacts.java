package io.llmplatform.proxy.cache;

import io.llmplatform.proxy.api.Operation;

/**
 * What a request's body tells about caching its answer.
 *
 * @param stream   whether the answer is asked for as a stream
 * @param settled  whether the same request should get the same answer. Embeddings, moderations, rerank and counts of tokens
 *                 always; chat completions, completions, responses and messages with {@code temperature} 0 or a {@code seed},
 *                 {@code n} of at most 1, and nothing by which the provider looks outside (tools that it runs itself, MCP
 *                 servers, web search)
 * @param stateful whether it changes something at the provider, or its first answer is not the last word
 *                 ({@code conversation}, {@code background}, {@code container}): never cached, whoever wishes it
 */
public record CacheFacts(Operation operation, boolean stream, boolean settled, boolean stateful) {
    /** Whether answers to this operation are ever cached; forms, files, sounds and sockets are not. */
    public static boolean cacheable(Operation operation) {
        return switch (operation) {
            case CHAT, COMPLETIONS, RESPONSES, MESSAGES -> true;
            case EMBEDDINGS, MODERATIONS, RERANK, COUNT_TOKENS -> true;
            case IMAGE_GENERATIONS, IMAGE_EDITS, TRANSCRIPTIONS, TRANSLATIONS, SPEECH, REALTIME -> false;
            case GEMINI_CONTENT, GEMINI_EMBEDDINGS -> false;
        };
    }

    static boolean samples(Operation operation) {
        return switch (operation) {
            case CHAT, COMPLETIONS, RESPONSES, MESSAGES -> true;
            default -> false;
        };
    }
}
