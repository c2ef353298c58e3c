package io.llmplatform.projections.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.Tally;
import io.llmplatform.projections.runtime.Target;
import io.llmplatform.projections.runtime.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The documents of a projection: each build has an index for each month; readers use an alias of all of the live one. */
public final class SearchIndex {
    private static final String MISSING = "index_not_found_exception";

    private final ElasticsearchClient client;
    private final IndexNames names;
    private final String mapping;
    private final BulkWriter bulk;
    private final SearchMonths months;
    private final Clock clock;
    /** Write aliases known to be there. */
    private final Set<String> ready = ConcurrentHashMap.newKeySet();

    SearchIndex(
            ElasticsearchClient client,
            String alias,
            String mapping,
            BulkWriter bulk,
            SearchMonths months,
            Clock clock) {
        this.client = client;
        this.names = new IndexNames(alias);
        this.mapping = mapping;
        this.bulk = bulk;
        this.months = months;
        this.clock = clock;
    }

    /**
     * Whether every index that was made is there, and at least one was.
     *
     * @throws TransientFailure when the server is not available
     */
    public boolean exists(Target target) {
        var made = months.of(target);
        return !made.isEmpty()
                && indices(names.build(target))
                        .containsAll(made.stream()
                                .map(month -> names.month(target, month))
                                .toList());
    }

    /**
     * Creates what is missing, adds to indices that are there the fields they do not know yet, and has readers see all of
     * the live build and nothing else.
     *
     * @throws TransientFailure when the server is not available
     */
    public void ensure(Target target) {
        ready.clear();
        var there = indices(names.build(target));
        try {
            for (var index : there) {
                addFields(index);
            }
        } catch (IOException | ElasticsearchException e) {
            throw new TransientFailure("search: an index of " + names.build(target) + " is not ready", e);
        }
        create(target, YearMonth.now(clock.withZone(ZoneOffset.UTC)));
        months.of(target).forEach(month -> create(target, month));
        if (target.live()) {
            show(target);
        }
    }

    private void create(Target target, YearMonth month) {
        if (!ready.contains(names.write(target, month))) {
            create(names.month(target, month), target, month);
            ready.add(names.write(target, month));
        }
        // Each time: the transaction of the time before may have been given up.
        months.add(target, month);
    }

    private void create(String index, Target target, YearMonth month) {
        try (var definition = definition()) {
            client.indices().create(c -> {
                c.index(index)
                        .withJson(definition)
                        .aliases(names.build(target), a -> a)
                        .aliases(names.write(target, month), a -> a.isWriteIndex(true));
                return target.live() ? c.aliases(names.alias(), a -> a) : c;
            });
        } catch (ElasticsearchException e) {
            if (!"resource_already_exists_exception".equals(e.error().type())) {
                throw new TransientFailure("search: index " + index + " is not ready", e);
            }
        } catch (IOException e) {
            throw new TransientFailure("search: index " + index + " is not ready", e);
        }
    }

    /** A mapping only ever grows: fields of documents that are there already are what they were. */
    private void addFields(String index) throws IOException {
        try (var definition = definition()) {
            var mappings =
                    ContractJson.mapper().readTree(definition).path("mappings").toString();
            client.indices().putMapping(m -> m.index(index).withJson(new StringReader(mappings)));
        }
    }

    private InputStream definition() {
        return Objects.requireNonNull(SearchIndex.class.getResourceAsStream(mapping), mapping);
    }

    /** @return none when there is no such alias */
    private Set<String> indices(String alias) {
        try {
            return Set.copyOf(client.indices()
                    .getAlias(a -> a.name(alias).ignoreUnavailable(true))
                    .aliases()
                    .keySet());
        } catch (ElasticsearchException e) {
            if (e.status() == 404) {
                return Set.of();
            }
            throw new TransientFailure("search: not known which indices " + alias + " has", e);
        } catch (IOException e) {
            throw new TransientFailure("search: not known which indices " + alias + " has", e);
        }
    }

    /**
     * From now on readers see the documents of this build, all of them at once.
     *
     * @throws TransientFailure when it cannot be done now
     */
    public void show(Target target) {
        var wanted = indices(names.build(target));
        var shown = indices(names.alias());
        var actions = new ArrayList<Action>();
        shown.stream()
                .filter(index -> !wanted.contains(index))
                .forEach(index ->
                        actions.add(Action.of(a -> a.remove(r -> r.index(index).alias(names.alias())))));
        wanted.stream()
                .filter(index -> !shown.contains(index))
                .forEach(index ->
                        actions.add(Action.of(a -> a.add(r -> r.index(index).alias(names.alias())))));
        if (actions.isEmpty()) {
            return;
        }
        try {
            client.indices().updateAliases(u -> u.actions(actions));
        } catch (IOException | ElasticsearchException e) {
            throw new TransientFailure("search: " + names.alias() + " could not be turned to another build", e);
        }
    }

    /**
     * Writes documents; those that are already there in the same or a higher version stay.
     *
     * @throws TransientFailure         when any could not be written for now
     * @throws IllegalArgumentException when one is refused for what it holds, or the request as a whole for one in it
     */
    public void write(Target target, List<SearchDocument> documents) {
        if (documents.isEmpty()) {
            return;
        }
        documents.stream().map(SearchDocument::month).distinct().forEach(month -> create(target, month));
        bulk.write(documents, document -> names.write(target, document.month()));
    }

    /**
     * Counts the documents of a build, day by day.
     *
     * @param field the date by which they are counted
     * @throws TransientFailure when the server is not available
     */
    public Map<String, Tally> tally(Target target, String field) {
        var index = names.build(target);
        try {
            client.indices().refresh(r -> r.index(index));
            var answer = client.search(
                    s -> s.index(index).size(0).aggregations("days", days -> days.dateHistogram(d -> d.field(field)
                                    .calendarInterval(CalendarInterval.Day)
                                    .minDocCount(1))
                            .aggregations("checksum", c -> c.sum(f -> f.field(Fingerprint.FIELD)))),
                    Void.class);
            return Objects.requireNonNull(answer.aggregations().get("days")).dateHistogram().buckets().array().stream()
                    .collect(Collectors.toMap(
                            day -> "documents " + day.keyAsString().substring(0, 10),
                            day -> new Tally(
                                    day.docCount(),
                                    checksum(Objects.requireNonNull(
                                                    day.aggregations().get("checksum"))
                                            .sum()
                                            .value())),
                            (a, b) -> a,
                            TreeMap::new));
        } catch (IOException | ElasticsearchException e) {
            throw new TransientFailure("search: documents of " + index + " could not be counted", e);
        }
    }

    private static java.math.BigInteger checksum(@Nullable Double sum) {
        return sum == null ? java.math.BigInteger.ZERO : BigDecimal.valueOf(sum).toBigInteger();
    }

    /**
     * Takes away whole months, of every build.
     *
     * @param before the first month that stays
     * @throws TransientFailure when the server is not available
     */
    public void dropBefore(String projection, YearMonth before) {
        for (var old : months.before(projection, before)) {
            delete(names.month(old.target(), old.month()));
            months.remove(old.target(), old.month());
            ready.remove(names.write(old.target(), old.month()));
        }
    }

    /**
     * Takes away a build.
     *
     * @throws TransientFailure when the server is not available
     */
    public void drop(Target target) {
        indices(names.build(target)).forEach(this::delete);
        months.remove(target);
    }

    private void delete(String index) {
        try {
            client.indices().delete(d -> d.index(index).ignoreUnavailable(true));
        } catch (ElasticsearchException e) {
            if (!MISSING.equals(e.error().type())) {
                throw new TransientFailure("search: index " + index + " could not be deleted", e);
            }
        } catch (IOException e) {
            throw new TransientFailure("search: index " + index + " could not be deleted", e);
        }
    }
}
