package io.llmplatform.proxy.usage;

/**
 * Tokens of one request.
 *
 * @param cached    part of {@code prompt}
 * @param reasoning part of {@code completion}
 * @param estimated whether the gateway counted, because the provider did not
 * @param kinds     those that may have prices of their own
 */
public record Tokens(long prompt, long completion, long cached, long reasoning, boolean estimated, Kinds kinds) {
    public static final Tokens NONE = new Tokens(0, 0, 0, 0, false);

    public Tokens(long prompt, long completion, long cached, long reasoning, boolean estimated) {
        this(prompt, completion, cached, reasoning, estimated, Kinds.NONE);
    }

    public static Tokens estimated(long prompt, long completion) {
        return new Tokens(prompt, completion, 0, 0, true);
    }

    /**
     * Parts of the prompt and of the completion, as far as the provider tells them apart.
     *
     * @param cacheWrite  of the prompt: put into the provider's cache
     * @param imageInput  of the prompt
     * @param imageOutput of the completion
     * @param audioInput  of the prompt
     * @param audioOutput of the completion
     */
    public record Kinds(long cacheWrite, long imageInput, long imageOutput, long audioInput, long audioOutput) {
        public static final Kinds NONE = new Kinds(0, 0, 0, 0, 0);

        /** The larger of each. */
        public Kinds max(Kinds other) {
            return new Kinds(
                    Math.max(cacheWrite, other.cacheWrite),
                    Math.max(imageInput, other.imageInput),
                    Math.max(imageOutput, other.imageOutput),
                    Math.max(audioInput, other.audioInput),
                    Math.max(audioOutput, other.audioOutput));
        }

        /** The sum of each. */
        public Kinds plus(Kinds other) {
            return new Kinds(
                    cacheWrite + other.cacheWrite,
                    imageInput + other.imageInput,
                    imageOutput + other.imageOutput,
                    audioInput + other.audioInput,
                    audioOutput + other.audioOutput);
        }
    }
}
