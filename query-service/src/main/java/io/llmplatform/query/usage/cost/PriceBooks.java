package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Rates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the price books. */
@Component
class PriceBooks {
    private final JdbcClient jdbc;

    PriceBooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<PriceBook> all() {
        return read(null);
    }

    /** @param model its id or its name */
    Optional<PriceBook> of(String model) {
        return read(model).stream().findFirst();
    }

    private List<PriceBook> read(@Nullable String model) {
        var books = new LinkedHashMap<String, PriceBook>();
        jdbc.sql("""
                        select book_id, model_id, model_name, number, effective_from, rates, corrects, created_at
                        from readmodel.price_version
                        where cast(:model as text) is null or model_id = :model or model_name = :model
                        order by book_id, number""").param("model", model).query(row -> {
            var id = row.getString("book_id");
            var book = books.get(id);
            if (book == null) {
                book = new PriceBook(id, row.getString("model_id"), row.getString("model_name"), new ArrayList<>());
                books.put(id, book);
            }
            int corrects = row.getInt("corrects");
            var version = new PriceVersion(
                    row.getInt("number"),
                    row.getTimestamp("effective_from").toInstant(),
                    ContractJson.mapper().readValue(row.getString("rates"), Rates.class),
                    corrects == 0 ? null : corrects);
            book.versions()
                    .add(new PriceBook.Recorded(
                            version, row.getTimestamp("created_at").toInstant()));
        });
        return List.copyOf(books.values());
    }

    /** The price that stands on a model, which counts before the first version of its book. */
    Optional<Rates> onModel(String model) {
        return jdbc.sql("""
                        select currency, input, output, cached_input from readmodel.model
                        where (id = :model or name = :model) and currency is not null""")
                .param("model", model)
                .query((row, number) -> new ModelEvent.Price(
                                row.getString("currency"),
                                row.getBigDecimal("input"),
                                row.getBigDecimal("output"),
                                row.getBigDecimal("cached_input"))
                        .toRates())
                .optional();
    }
}
