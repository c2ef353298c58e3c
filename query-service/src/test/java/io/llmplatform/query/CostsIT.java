package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.policy.Charges;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.contracts.policy.TokenCounts;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Bills are made here as the gateway makes them, request by request, by the versions known when each ended; restated, asked what if
 * and held against budgets by loops over the same requests. The service has to come to the same, to the last digit.
 */
class CostsIT {
    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-10T00:00:00Z");
    private static final String SPAN = "&from=" + FROM + "&to=" + TO;

    private record Version(int number, Instant from, Instant recorded, Integer corrects, Rates rates) {}

    private record Book(String model, List<Version> versions) {
        /** Known by then, not stood in for by one known by then, begun, the last to begin. */
        Version inForce(Instant at, Instant known) {
            Version found = null;
            for (var version : versions) {
                boolean corrected = false;
                for (var other : versions) {
                    corrected |= !other.recorded().isAfter(known)
                            && other.corrects() != null
                            && other.corrects() == version.number();
                }
                if (!corrected
                        && !version.recorded().isAfter(known)
                        && !version.from().isAfter(at)
                        && (found == null || !version.from().isBefore(found.from()))) {
                    found = version;
                }
            }
            return found;
        }
    }

    private static final List<Book> BOOKS = List.of(
            new Book(
                    "c_small",
                    List.of(
                            version(1, "2026-10-02", "2026-10-01", null, rates("USD", "1.1", "2.2", "0.3", null)),
                            version(2, "2026-10-10", "2026-10-05", null, rates("USD", "1.2", "2.4", null, "0.002")),
                            version(3, "2026-10-02", "2026-10-20", 1, rates("USD", "0.9", "2.2", "0.25", null)),
                            version(
                                    4,
                                    "2026-10-10",
                                    "2026-10-25",
                                    2,
                                    rates("USD", "0.00123", "1.23456", null, "0.001")),
                            version(5, "2026-11-02", "2026-10-30", null, rates("USD", "1", "1", "1", null)))),
            new Book(
                    "c_large",
                    List.of(
                            version(1, "2026-10-03", "2026-10-03", null, rates("EUR", "10", "30", null, null)),
                            version(2, "2026-10-03", "2026-10-12", 1, rates("USD", "11", "33", "5.5", null)),
                            version(3, "2026-10-03", "2026-11-05", 2, rates("USD", "11", "32", "5.5", null)))),
            new Book(
                    "c_plain",
                    List.of(version(1, "2026-10-01", "2026-09-01", null, rates("EUR", "0.5", "0.75", null, null)))));

    private static final List<UsageRecord> RECORDS = billed();
    private static final UsageFold ALL = new UsageFold(RECORDS);
    private static ReadSide readSide;

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        readSide.user("usr_admin", "admin");
        readSide.user("c_usr1", "member");
        for (var book : BOOKS) {
            for (var version : book.versions()) {
                readSide.jdbc
                        .sql("""
                                insert into readmodel.price_version (id, book_id, book_version, model_id, model_name, number,
                                                                     effective_from, rates, corrects, created_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)""")
                        .param(book.model() + version.number())
                        .param("prb_" + book.model())
                        .param(version.number())
                        .param("mdl_" + book.model())
                        .param(book.model())
                        .param(version.number())
                        .param(Timestamp.from(version.from()))
                        .param(ContractJson.mapper().writeValueAsString(version.rates()))
                        .param(9, version.corrects(), Types.INTEGER)
                        .param(Timestamp.from(version.recorded()))
                        .update();
            }
        }
        readSide.jdbc.sql("""
                        insert into readmodel.model (id, version, name, currency, input, output, cached_input, status, created_at, updated_at)
                        values ('mdl_c_flat', 0, 'c_flat', 'EUR', 2, 3, 0.5, 'active', now(), now())""").update();
        readSide.usage(RandomUsage.json(RECORDS));
        // Prices are made from sums of these days and from the requests of the others.
        readSide.addUp(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-08"));
        readSide.addUp(LocalDate.parse("2026-10-10"), LocalDate.parse("2026-11-06"));
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    @Test
    void restatedIsWhatEveryRequestWouldHaveCostByTheCorrectedBooks() {
        for (var filter : List.of("", "&user_id=c_usr1", "&endpoint=embeddings&team_id=c_team1")) {
            var fold = ALL.where(record -> filter.isEmpty()
                    || (filter.contains("usr1")
                            ? "c_usr1".equals(record.userId())
                            : record.endpoint().equals("embeddings") && "c_team1".equals(record.teamId())));
            var told = get("/usage/costs?" + SPAN + filter);
            fold.assertCosts(told.path("billed"));
            var restated = restated(fold);
            UsageFold.assertMoney(restated, told.path("restated"));
            restated.forEach((currency, cost) -> assertThat(
                            told.path("difference").path(currency).decimalValue())
                    .isEqualByComparingTo(cost.subtract(fold.costs().getOrDefault(currency, BigDecimal.ZERO))));
            assertThat(told.has("single_requests_from")).isFalse();
        }
    }

    private static TreeMap<String, BigDecimal> restated(UsageFold fold) {
        var restated = fold.costs();
        for (var record : fold.records()) {
            var book = book(record);
            if (book == null || record.cacheHit() != null) {
                continue;
            }
            var before = book.inForce(record.at(), end(record));
            var now = book.inForce(record.at(), TO);
            if (before != null && now != null && before != now) {
                restated.merge(record.currency(), record.cost().negate(), BigDecimal::add);
                restated.merge(now.rates().currency(), charge(record, now.rates()), BigDecimal::add);
            }
        }
        return restated;
    }

    @Test
    void theDifferenceIsExplainedByDayAndVersionsAndLeadsToItsRequests() {
        var told = get("/usage/costs?" + SPAN);
        var sum = new TreeMap<String, BigDecimal>();
        assertThat(told.path("corrections").size()).isGreaterThan(20);
        for (var line : told.path("corrections")) {
            // Bills were made from tokens of the kinds that records tell apart, so the version explains all of them.
            assertThat(line.path("by_billing").decimalValue())
                    .isEqualByComparingTo(line.path("billed").decimalValue());
            sum.merge(
                    line.path("currency").asString(),
                    line.path("by_billing").decimalValue().negate(),
                    BigDecimal::add);
            sum.merge(
                    line.path("restated_currency").asString(),
                    line.path("by_standing").decimalValue(),
                    BigDecimal::add);
            assertThat(line.path("billed_by").path("number").asInt())
                    .isNotEqualTo(line.path("restated_by").path("number").asInt());
            assertThat(line.path("restated_by").path("book_id").asString())
                    .isEqualTo("prb_" + line.path("model").asString());
        }
        sum.forEach((currency, cost) -> assertThat(
                        told.path("difference").path(currency).decimalValue())
                .isEqualByComparingTo(cost));
        var line = told.at("/corrections/0");
        var behind = readSide.get(
                        line.path("requests_link").asString().substring("/api/admin/v1".length()) + "&limit=500",
                        "usr_admin")
                .json()
                .path("data");
        // Those of the cache, and those that nothing was charged for, stand there too.
        assertThat(behind.size()).isGreaterThanOrEqualTo(line.path("requests").asInt());
        assertThat(behind.valueStream()
                        .map(row -> row.path("cost").decimalValue())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(line.path("billed").decimalValue());
    }

    @Test
    void anotherPriceIsPaidForEveryRequestThatAModelAnswered() {
        var rates = rates("USD", "0.12345", "7", "0.01", "0.003");
        var told = get("/usage/what-if?input=0.12345&output=7&cached_input=0.01&request=0.003" + SPAN);
        var sum = BigDecimal.ZERO;
        long requests = 0;
        for (var record : RECORDS) {
            if (priced(record)) {
                sum = sum.add(charge(record, rates));
                requests++;
            }
        }
        assertThat(told.path("what_if").path("USD").decimalValue()).isEqualByComparingTo(sum);
        assertThat(told.path("requests").asLong()).isEqualTo(requests);
        assertThat(told.path("what_if").propertyNames()).containsExactly("USD");
        ALL.assertCosts(told.path("billed"));
    }

    @Test
    void theBookOfAnotherModelCountsAsItStandsNow() {
        var told = get("/usage/what-if?prices_of=c_small" + SPAN);
        var sum = BigDecimal.ZERO;
        for (var record : RECORDS) {
            var version = BOOKS.getFirst().inForce(record.at(), TO);
            if (priced(record) && version != null) {
                sum = sum.add(charge(record, version.rates()));
            }
        }
        assertThat(told.path("what_if").path("USD").decimalValue()).isEqualByComparingTo(sum);
        assertThat(told.path("prices").valueStream().map(cited -> cited.path("number")
                        .asInt()))
                .containsExactly(3, 4, 5);
        var flat = rates("EUR", "2", "3", "0.5", null);
        var onModel = get("/usage/what-if?prices_of=c_flat" + SPAN).path("what_if");
        assertThat(onModel.path("EUR").decimalValue())
                .as("without a book the price on the model counts")
                .isEqualByComparingTo(RECORDS.stream()
                        .filter(CostsIT::priced)
                        .map(record -> charge(record, flat))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
        assertThat(status("/usage/what-if?prices_of=nobody")).isEqualTo(400);
        assertThat(status("/usage/what-if?prices_of=c_small&input=1&output=1")).isEqualTo(400);
        assertThat(status("/usage/what-if?input=1")).isEqualTo(400);
        assertThat(status("/usage/what-if?input=-1&output=1")).isEqualTo(400);
        assertThat(status("/usage/what-if?input=1&output=1&currency=money")).isEqualTo(400);
    }

    @Test
    void theBudgetEndsWithTheRequestThatReachesIt() {
        var byTime = new ArrayList<>(RECORDS);
        byTime.sort(Comparator.comparing(UsageRecord::at).thenComparing(UsageRecord::requestId));
        var rates = rates("USD", "3", "9", null, null);
        var random = new Random(5);
        for (int i = 0; i < 5; i++) {
            var amount = BigDecimal.valueOf(random.nextInt(10_000) + 1, 4 - i % 2);
            assertBudget(get("/usage/what-if?input=3&output=9&budget=" + amount + SPAN), amount, byTime, rates);
            assertBudget(get("/usage/what-if?budget=" + amount + SPAN), amount, byTime, null);
        }
        var never = get("/usage/what-if?budget=1000000" + SPAN).path("budget");
        assertThat(never.has("exhausted_at")).isFalse();
        assertThat(never.path("remaining").decimalValue()).isPositive();
    }

    private static void assertBudget(JsonNode told, BigDecimal amount, List<UsageRecord> byTime, Rates rates) {
        var spent = BigDecimal.ZERO;
        String last = null;
        for (var record : byTime) {
            var cost = rates != null
                    ? (priced(record) ? charge(record, rates) : BigDecimal.ZERO)
                    : record.currency().equals("USD") ? record.cost() : BigDecimal.ZERO;
            spent = spent.add(cost);
            if (last == null && spent.compareTo(amount) >= 0) {
                last = record.requestId();
            }
        }
        assertThat(told.path("budget").path("spent").decimalValue()).isEqualByComparingTo(spent);
        assertThat(told.path("budget").path("request_id").asString(null)).isEqualTo(last);
    }

    @Test
    void oneRequestTellsItsPrices() {
        int corrected = 0;
        for (var record : RECORDS.subList(0, 150)) {
            var told = get("/usage/requests/" + record.requestId());
            assertThat(told.path("cost").decimalValue()).isEqualByComparingTo(record.cost());
            assertThat(Instant.parse(told.path("ended_at").asString())).isEqualTo(end(record));
            var restated = restated(new UsageFold(List.of(record)));
            var price = told.path("price");
            assertThat(price.path("restated").decimalValue())
                    .isEqualByComparingTo(
                            restated.get(price.path("restated_currency").asString()));
            if (price.has("billed_by") && !price.path("billed_by").equals(price.path("counts_now"))) {
                corrected++;
            }
        }
        assertThat(corrected).isPositive();
        var others = RECORDS.stream()
                .filter(record -> !"c_usr1".equals(record.userId()))
                .findFirst()
                .orElseThrow();
        assertThat(readSide.get("/usage/requests/" + others.requestId(), "c_usr1")
                        .status())
                .isEqualTo(404);
        assertThat(status("/usage/requests/req_nothing")).isEqualTo(404);
    }

    private static List<UsageRecord> billed() {
        var random = new Random(11);
        var billed = new ArrayList<UsageRecord>();
        for (var record : new RandomUsage(77, "c_").records(3000, FROM, TO)) {
            if (record.model() == null) {
                billed.add(record);
                continue;
            }
            var model = BOOKS.get(random.nextInt(3)).model();
            var served = record.servedModel() == null
                    ? null
                    : BOOKS.get(random.nextInt(3)).model();
            served = model.equals(served) ? null : served;
            var free = RandomUsage.billed(record, model, served, BigDecimal.ZERO, "USD");
            var version = record.cacheHit() != null ? null : book(free).inForce(record.at(), end(record));
            billed.add(
                    version == null
                            ? free
                            : RandomUsage.billed(
                                    record,
                                    model,
                                    served,
                                    charge(free, version.rates()),
                                    version.rates().currency()));
        }
        return billed;
    }

    private static Book book(UsageRecord record) {
        var model = record.servedModel() == null ? record.model() : record.servedModel();
        return BOOKS.stream()
                .filter(book -> book.model().equals(model))
                .findFirst()
                .orElse(null);
    }

    private static boolean priced(UsageRecord record) {
        return record.model() != null && record.cacheHit() == null;
    }

    private static Instant end(UsageRecord record) {
        return record.at().plusMillis(record.latencyMs());
    }

    private static BigDecimal charge(UsageRecord record, Rates rates) {
        boolean answered = record.outcome() == Outcome.COMPLETED || record.completionTokens() > 0;
        return Charges.of(
                new TokenCounts(
                        record.promptTokens(),
                        record.completionTokens(),
                        record.cachedTokens(),
                        record.reasoningTokens()),
                rates,
                answered ? 1 : 0);
    }

    private static Version version(int number, String from, String recorded, Integer corrects, Rates rates) {
        return new Version(
                number, Instant.parse(from + "T00:00:00Z"), Instant.parse(recorded + "T00:00:00Z"), corrects, rates);
    }

    private static Rates rates(String currency, String input, String output, String cached, String request) {
        return new Rates(
                currency,
                new BigDecimal(input),
                new BigDecimal(output),
                cached == null ? null : new BigDecimal(cached),
                null,
                null,
                null,
                null,
                null,
                null,
                request == null ? null : new BigDecimal(request));
    }

    private static int status(String path) {
        return readSide.get(path, "usr_admin").status();
    }

    private static JsonNode get(String path) {
        var answer = readSide.get(path, "usr_admin");
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.json();
    }
}
