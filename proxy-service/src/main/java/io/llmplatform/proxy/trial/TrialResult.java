package io.llmplatform.proxy.trial;

import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param requestId    of its usage record
 * @param endpoint     what was asked, in the platform's terms
 * @param deploymentId absent when a provider was tried and no model's deployment
 * @param status       of the provider's answer; absent when there was none
 * @param firstByteMs  until its head came; absent likewise
 * @param error        absent when it went well
 */
public record TrialResult(
        String requestId,
        boolean ok,
        String endpoint,
        @Nullable String deploymentId,
        String providerId,
        String providerName,
        @Nullable String upstreamModel,
        @Nullable Integer status,
        @Nullable Long firstByteMs,
        long totalMs,
        long promptTokens,
        long completionTokens,
        @Nullable TrialError error) {

    /** @param message as the provider said it, at most 2000 characters, without credentials and addresses */
    public record TrialError(String code, String message) {}
}
