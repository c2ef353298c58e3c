package io.llmplatform.contracts.policy;

/**
 * Tokens of a request, or of several, by the kinds that may have prices of their own.
 *
 * @param prompt      all of the prompt
 * @param completion  all of the answer
 * @param cached      of the prompt: what the provider had cached
 * @param reasoning   of the answer: spent on reasoning
 * @param cacheWrite  of the prompt: put into the provider's cache
 * @param imageInput  of the prompt
 * @param imageOutput of the answer
 * @param audioInput  of the prompt
 * @param audioOutput of the answer
 */
public record TokenCounts(
        long prompt,
        long completion,
        long cached,
        long reasoning,
        long cacheWrite,
        long imageInput,
        long imageOutput,
        long audioInput,
        long audioOutput) {

    /** Those that usage records tell apart. */
    public TokenCounts(long prompt, long completion, long cached, long reasoning) {
        this(prompt, completion, cached, reasoning, 0, 0, 0, 0, 0);
    }
}
