package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.policy.Charges;
import io.llmplatform.contracts.policy.PriceSchedule;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Rates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests that one version billed and that another one is to price: those for the model that arrived in {@code [from, to)} and ended
 * in {@code [endedFrom, endedTo)}.
 *
 * @param model      null for all
 * @param billed     absent when it does not matter
 * @param newVersion absent when the rates stand for themselves
 */
record PriceWindow(
        @Nullable String model,
        Instant from,
        Instant to,
        Instant endedFrom,
        Instant endedTo,
        PriceBook.@Nullable Cited billedBy,
        @Nullable Rates billed,
        PriceBook.@Nullable Cited newVersion,
        Rates rates) {
    static final Instant EVER = Instant.parse("1970-01-01T00:00:00Z");
    static final Instant NEVER = Instant.parse("2200-01-01T00:00:00Z");

    boolean covers(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** Whether sums can be priced instead of single requests, to the last digit. */
    boolean addsUp() {
        return Stream.of(rates, billed).allMatch(each -> each == null || Charges.addUp(each));
    }

    /**
     * Where a book as it stands now says another price than it did when requests were billed: only corrections reach back.
     * For each state the book was in, the spans in which another version was in force then than now.
     */
    static List<PriceWindow> corrected(PriceBook book) {
        var windows = new ArrayList<PriceWindow>();
        var now = book.standing();
        var versions = book.versions();
        for (int recorded = 1; recorded < versions.size(); recorded++) {
            var then = book.standing(recorded);
            var known = versions.get(recorded - 1).at();
            var until = versions.get(recorded).at();
            for (var span : spans(then, now)) {
                var before = PriceSchedule.inForce(then, span.from());
                var after = PriceSchedule.inForce(now, span.from());
                if (before != null
                        && after != null
                        && before.number() != after.number()
                        && span.from().isBefore(until)) {
                    windows.add(new PriceWindow(
                            book.modelName(),
                            span.from(),
                            span.to(),
                            known,
                            until,
                            book.cite(before),
                            before.rates(),
                            book.cite(after),
                            after.rates()));
                }
            }
        }
        return windows;
    }

    /** The book as it stands, for requests to whatever model; before its first version the given price. */
    static List<PriceWindow> standing(PriceBook book, Rates before) {
        var windows = new ArrayList<PriceWindow>();
        var now = book.standing();
        windows.add(forAll(EVER, now.getFirst().effectiveFrom(), null, before));
        for (var span : spans(now, List.of())) {
            var version = PriceSchedule.inForce(now, span.from());
            if (version != null) {
                windows.add(forAll(span.from(), span.to(), book.cite(version), version.rates()));
            }
        }
        return windows;
    }

    /** One price for all requests of a span. */
    static PriceWindow forAll(Instant from, Instant to, PriceBook.@Nullable Cited version, Rates rates) {
        return new PriceWindow(null, from, to, EVER, NEVER, null, null, version, rates);
    }

    private record Span(Instant from, Instant to) {}

    private static List<Span> spans(List<PriceVersion> some, List<PriceVersion> others) {
        var begins = new TreeSet<Instant>();
        Stream.concat(some.stream(), others.stream()).forEach(version -> begins.add(version.effectiveFrom()));
        begins.add(NEVER);
        var spans = new ArrayList<Span>();
        @Nullable Instant from = null;
        for (var begin : begins) {
            if (from != null) {
                spans.add(new Span(from, begin));
            }
            from = begin;
        }
        return spans;
    }
}
