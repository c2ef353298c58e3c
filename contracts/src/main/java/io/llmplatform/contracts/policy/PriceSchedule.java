package io.llmplatform.contracts.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which version of a price book counts when. Every reader goes by this one rule. */
public final class PriceSchedule {
    private static final Comparator<PriceVersion> BY_TIME =
            Comparator.comparing(PriceVersion::effectiveFrom).thenComparing(PriceVersion::number);

    private PriceSchedule() {}

    /** The versions that no correction stands in for, in the order in which they begin. */
    public static List<PriceVersion> standing(List<PriceVersion> all) {
        var corrected = all.stream()
                .map(PriceVersion::corrects)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        return all.stream()
                .filter(version -> !corrected.contains(version.number()))
                .sorted(BY_TIME)
                .toList();
    }

    /**
     * @param standing of {@link #standing}
     * @return null before the first one begins
     */
    public static @Nullable PriceVersion inForce(List<PriceVersion> standing, Instant at) {
        for (var version : standing.reversed()) {
            if (!version.effectiveFrom().isAfter(at)) {
                return version;
            }
        }
        return null;
    }
}
