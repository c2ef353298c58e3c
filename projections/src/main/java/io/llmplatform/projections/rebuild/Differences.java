package io.llmplatform.projections.rebuild;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two builds.
 *
 * @param counts rows or documents of the live one and of the other, by table
 * @param parts  that differ, by day where there are days; no more than {@link #MOST}
 * @param number of all that differ
 */
record Differences(Map<String, long[]> counts, List<Part> parts, int number) {
    static final int MOST = 100;

    /** @param live null when it has nothing of the part, and {@code other} likewise */
    record Part(String part, @Nullable Long live, @Nullable Long other) {}

    static Differences between(Map<String, Tally> live, Map<String, Tally> other) {
        var counts = new LinkedHashMap<String, long[]>();
        live.forEach((part, tally) -> counts.computeIfAbsent(table(part), absent -> new long[2])[0] += tally.count());
        other.forEach((part, tally) -> counts.computeIfAbsent(table(part), absent -> new long[2])[1] += tally.count());
        var all = new TreeSet<>(live.keySet());
        all.addAll(other.keySet());
        var differing = all.stream()
                .filter(part -> !nothing(live.get(part)) || !nothing(other.get(part)))
                .filter(part -> !java.util.Objects.equals(live.get(part), other.get(part)))
                .map(part -> new Part(part, count(live.get(part)), count(other.get(part))))
                .toList();
        return new Differences(counts, differing.stream().limit(MOST).toList(), differing.size());
    }

    private static String table(String part) {
        return part.split(" ", 2)[0];
    }

    private static boolean nothing(@Nullable Tally tally) {
        return tally == null || tally.count() == 0;
    }

    private static @Nullable Long count(@Nullable Tally tally) {
        return tally == null ? null : tally.count();
    }

    Differences and(Differences more) {
        var allCounts = new LinkedHashMap<>(counts);
        allCounts.putAll(more.counts);
        var allParts = new ArrayList<>(parts);
        allParts.addAll(more.parts);
        return new Differences(allCounts, allParts.stream().limit(MOST).toList(), number + more.number);
    }

    boolean none() {
        return number == 0;
    }

    String json(Instant at) {
        var json = ContractJson.mapper().createObjectNode();
        json.put("at", at.toString());
        json.put("equal", none());
        json.put("differences", number);
        var tables = json.putArray("counts");
        counts.forEach((table, both) ->
                tables.addObject().put("table", table).put("live", both[0]).put("build", both[1]));
        var list = json.putArray("parts");
        parts.forEach(part -> list.addObject()
                .put("part", part.part())
                .put("live", part.live())
                .put("build", part.other()));
        return json.toString();
    }
}
