package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.policy.Charges;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.contracts.policy.TokenCounts;
import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.ClosedDays;
import io.llmplatform.query.usage.Dimension;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests in windows of prices, added up as far as that changes no charge. Answers of the cache are not among them: they are free. */
@Component
class PricedUsage {
    private static final String OF_MODEL = "coalesce(r.served_model, r.model) = w.model";
    private static final String OF_ALL = "coalesce(r.served_model, r.model) is not null";

    private final JdbcClient jdbc;
    private final ClosedDays days;
    private final String priced = SqlFile.read("usage-priced");

    PricedUsage(JdbcClient jdbc, ClosedDays days) {
        this.jdbc = jdbc;
        this.days = days;
    }

    /**
     * Requests that all have the same price.
     *
     * @param at       when the step of time begins
     * @param free     whether they were billed nothing
     * @param answered whether each is to be paid for beside its tokens
     * @param tokens   of all together
     * @param billed   of all together
     */
    record Group(
            PriceWindow window,
            Instant at,
            String model,
            String currency,
            boolean free,
            boolean answered,
            long requests,
            TokenCounts tokens,
            BigDecimal billed) {

        BigDecimal charge(Rates rates) {
            if (window.addsUp()) {
                return Charges.of(tokens, rates, answered ? requests : 0);
            }
            var each = new TokenCounts(
                    tokens.prompt() / requests,
                    tokens.completion() / requests,
                    tokens.cached() / requests,
                    tokens.reasoning() / requests);
            return Charges.of(each, rates, answered ? 1 : 0).multiply(BigDecimal.valueOf(requests));
        }
    }

    /**
     * In order of time.
     *
     * @param windows all for one model each, or all for every model
     * @param step    {@code day} or {@code hour}
     */
    void each(UsageFilter filter, Period period, List<PriceWindow> windows, String step, Consumer<Group> use) {
        var reached = reached(period, windows);
        if (reached == null) {
            return;
        }
        var sql = priced.replace("{model}", windows.getFirst().model() == null ? OF_ALL : OF_MODEL);
        var sums = addedUp(filter, reached);
        filter.bind(jdbc.sql(sql))
                .param("from", Timestamp.from(reached.from()))
                .param("to", Timestamp.from(reached.to()))
                .param("first_day", Timestamp.from(sums.from()))
                .param("last_day", Timestamp.from(sums.to()))
                .param("step", step)
                .param("models", texts(windows, PriceWindow::model), Types.ARRAY)
                .param("froms", texts(windows, window -> window.from().toString()), Types.ARRAY)
                .param("tos", texts(windows, window -> window.to().toString()), Types.ARRAY)
                .param(
                        "ended_froms",
                        texts(windows, window -> window.endedFrom().toString()),
                        Types.ARRAY)
                .param("ended_tos", texts(windows, window -> window.endedTo().toString()), Types.ARRAY)
                .param("add_up", windows.stream().map(PriceWindow::addsUp).toArray(Boolean[]::new), Types.ARRAY)
                .query(row -> {
                    use.accept(new Group(
                            windows.get(row.getInt("n") - 1),
                            row.getTimestamp("at").toInstant(),
                            row.getString("model"),
                            row.getString("currency"),
                            row.getBoolean("free"),
                            row.getBoolean("answered"),
                            row.getLong("requests"),
                            new TokenCounts(
                                    row.getLong("prompt_tokens"),
                                    row.getLong("completion_tokens"),
                                    row.getLong("cached_tokens"),
                                    row.getLong("reasoning_tokens")),
                            row.getBigDecimal("cost")));
                });
    }

    /**
     * Days whose sums tell the same as their requests: those of which all requests are kept, where no more than a model is asked
     * for. Nothing at the end of the period when there are none.
     */
    private Period addedUp(UsageFilter filter, Period period) {
        boolean told = filter.viewer() == null
                && filter.viewerTeams().isEmpty()
                && Set.of(Dimension.MODEL).containsAll(filter.wanted().keySet());
        var run = told && period.firstHour().isBefore(period.lastHour())
                ? days.longestRun(period.firstHour(), period.lastHour())
                : null;
        if (run != null) {
            var oldest = jdbc.sql("select date_trunc('day', min(at), 'UTC') from readmodel.usage_request")
                    .query(Timestamp.class)
                    .optional()
                    .map(Timestamp::toInstant)
                    .orElse(run.to());
            if (oldest.isBefore(run.to())) {
                return new Period(oldest.isAfter(run.from()) ? oldest : run.from(), run.to());
            }
        }
        return new Period(period.to(), period.to());
    }

    /** The part of the period that the windows are in: nothing else has to be read. Null when they are in none of it. */
    private static @Nullable Period reached(Period period, List<PriceWindow> windows) {
        @Nullable Instant from = null;
        @Nullable Instant to = null;
        for (var window : windows) {
            // What ended before a moment had arrived before it.
            var end = window.to().isBefore(window.endedTo()) ? window.to() : window.endedTo();
            from = from == null || window.from().isBefore(from) ? window.from() : from;
            to = to == null || end.isAfter(to) ? end : to;
        }
        if (from == null || to == null) {
            return null;
        }
        from = from.isBefore(period.from()) ? period.from() : from;
        to = to.isAfter(period.to()) ? period.to() : to;
        return from.isBefore(to) ? new Period(from, to) : null;
    }

    private static @Nullable String[] texts(List<PriceWindow> windows, Function<PriceWindow, @Nullable String> text) {
        return windows.stream().map(text).toArray(String[]::new);
    }
}
