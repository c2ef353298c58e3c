package io.llmplatform.query.usage.request;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.llmplatform.query.usage.cost.RequestPrices;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code UsageRequestDetail} of the management API: all that is known of one request.
 *
 * @param firstContentAt absent when nothing came
 * @param gateway        the instance that served it; like {@code ip} and {@code userAgent} for those who see everything
 */
record UsageRequestDetail(
        @JsonUnwrapped UsageRequest request,
        @Nullable Instant firstContentAt,
        Instant endedAt,
        @Nullable String gateway,
        @Nullable String ip,
        @Nullable String userAgent,
        RequestPrices.Priced price) {}
