package io.llmplatform.proxy.usage;

/**
 * Tokens of one request.
 *
 * @param cached    part of {@code prompt}
 * @param reasoning part of {@code completion}
 * @param estimated whether the gateway counted, because the provider did not
 */
public record Tokens(long prompt, long completion, long cached, long reasoning, boolean estimated) {
    public static final Tokens NONE = new Tokens(0, 0, 0, 0, false);

    public static Tokens estimated(long prompt, long completion) {
        return new Tokens(prompt, completion, 0, 0, true);
    }
}
