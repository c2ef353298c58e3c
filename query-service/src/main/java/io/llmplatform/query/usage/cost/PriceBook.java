package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.policy.PriceSchedule;
import io.llmplatform.contracts.policy.PriceVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All versions of a model's prices, corrected ones too.
 *
 * @param versions in the order in which they were recorded
 */
public record PriceBook(String id, String modelId, String modelName, List<Recorded> versions) {

    public record Recorded(PriceVersion version, Instant at) {}

    /** Those that count now, in the order in which they begin. */
    List<PriceVersion> standing() {
        return standing(versions.size());
    }

    /** Those that counted when the first so many had been recorded. */
    List<PriceVersion> standing(int recorded) {
        return PriceSchedule.standing(
                versions.subList(0, recorded).stream().map(Recorded::version).toList());
    }

    /** By which a request was billed that arrived and ended then: a gateway learns of a version within a second. */
    @Nullable
    PriceVersion billedBy(Instant arrived, Instant ended) {
        int known = (int) versions.stream()
                .filter(recorded -> !recorded.at().isAfter(ended))
                .count();
        return PriceSchedule.inForce(standing(known), arrived);
    }

    @Nullable
    PriceVersion inForce(Instant at) {
        return PriceSchedule.inForce(standing(), at);
    }

    Cited cite(PriceVersion version) {
        return new Cited(id, modelId, modelName, version.number());
    }

    /** Where a price can be looked up. */
    public record Cited(String bookId, String modelId, String modelName, int number) {}
}
