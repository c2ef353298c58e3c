package io.llmplatform.proxy.config;

import io.llmplatform.contracts.policy.PriceSchedule;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Rates;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one model costs at which time.
 *
 * @param versions  of its price book, those that count, in the order in which they begin
 * @param otherwise before the first of them; absent = free
 */
record Prices(List<PriceVersion> versions, @Nullable Rates otherwise) {
    @Nullable
    Rates at(Instant at) {
        var version = PriceSchedule.inForce(versions, at);
        return version == null ? otherwise : version.rates();
    }
}
