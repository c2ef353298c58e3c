package io.llmplatform.contracts.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request to the data plane used. Written by the gateway's journal, published at least once; readers drop
 * duplicates by {@code requestId}, whose record never changes.
 *
 * @param requestId        equal to the answer's {@code x-request-id}
 * @param at               when the request arrived
 * @param apiKeyId         absent when a console session called (playground)
 * @param endpoint         such as {@code chat.completions}
 * @param model            as the caller named it
 * @param servedModel      the fallback model that answered; absent when it was the one asked for
 * @param deployment       id of the deployment that answered; absent when none was asked
 * @param status           HTTP status the client got; 499 when it left, 0 when unknown
 * @param errorCode        {@code code} (or else {@code type}) of the error envelope the client got
 * @param cachedTokens     the part of {@code promptTokens} that the provider had cached
 * @param reasoningTokens  the part of {@code completionTokens} spent on reasoning
 * @param tokensEstimated  whether the tokens are the gateway's estimate (the provider reported none)
 * @param cost             as billed: by the version of the model's price book in force when the request arrived, or else by the
 *                         price that stood on the model when the request ended
 * @param currency         ISO 4217
 * @param latencyMs        arrival to last byte
 * @param ttftMs           arrival to first content byte; absent when there was none
 * @param attempts         upstream calls made
 * @param trail            the upstream calls one by one, when there was more than one
 * @param cacheHit         true when answered from the response cache, at no cost; absent otherwise
 * @param metadata         tags of the key
 * @param ip               sealed for the person who called ({@link io.llmplatform.contracts.personal.PersonSeal}), as is
 *                         {@code userAgent}; in clear where no person did
 * @param gateway          the instance that served it
 */
public record UsageRecord(
        String requestId,
        Instant at,
        @Nullable String userId,
        @Nullable String teamId,
        @Nullable String apiKeyId,
        String endpoint,
        @Nullable String model,
        @Nullable String servedModel,
        @Nullable String deployment,
        @Nullable String providerId,
        @Nullable String upstreamModel,
        boolean stream,
        Outcome outcome,
        int status,
        @Nullable String errorCode,
        long promptTokens,
        long completionTokens,
        long cachedTokens,
        long reasoningTokens,
        boolean tokensEstimated,
        BigDecimal cost,
        String currency,
        long latencyMs,
        @Nullable Long ttftMs,
        int attempts,
        @Nullable List<Attempt> trail,
        @Nullable Boolean cacheHit,
        @Nullable Map<String, String> metadata,
        @Nullable String ip,
        @Nullable String userAgent,
        String gateway) {

    /**
     * One upstream call.
     *
     * @param result {@code ok}, or why it was given up: {@code unreachable}, {@code first_byte_timeout}, {@code status_503}…
     * @param ms     from the call to its result
     */
    public record Attempt(String deployment, String result, long ms) {}

    /** The same request from somewhere else. */
    public UsageRecord from(@Nullable String ip, @Nullable String userAgent) {
        return new UsageRecord(
                requestId,
                at,
                userId,
                teamId,
                apiKeyId,
                endpoint,
                model,
                servedModel,
                deployment,
                providerId,
                upstreamModel,
                stream,
                outcome,
                status,
                errorCode,
                promptTokens,
                completionTokens,
                cachedTokens,
                reasoningTokens,
                tokensEstimated,
                cost,
                currency,
                latencyMs,
                ttftMs,
                attempts,
                trail,
                cacheHit,
                metadata,
                ip,
                userAgent,
                gateway);
    }
}
