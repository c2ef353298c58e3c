package io.llmplatform.proxy.limit;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.llmplatform.contracts.json.ContractJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger as the journal carries it: JSON, in parts small enough for a journal record. */
final class LedgerParts {
    private static final int ROWS_A_PART = 200;

    private LedgerParts() {}

    /** @param accounts without what is due or held: their outcomes are still to come in the journal */
    record Content(String identity, Map<Account, Spend> accounts) {}

    /** An array, not an object: there may be tens of thousands. Amounts are strings, so that none becomes 1E+3. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Row(Subject.Kind kind, String id, String currency, long day, String onDay, String inMonth, String total) {}

    record Part(String ledger, List<Row> rows) {}

    /** At least one part, so that a ledger without accounts keeps its identity. */
    static List<byte[]> write(String identity, Map<Account, Spend> accounts) {
        var rows = new ArrayList<Row>(accounts.size());
        accounts.forEach((account, spend) -> {
            if (spend.total().signum() != 0) {
                rows.add(row(account, spend));
            }
        });
        var parts = new ArrayList<byte[]>();
        int from = 0;
        do {
            int to = Math.min(rows.size(), from + ROWS_A_PART);
            parts.add(ContractJson.mapper().writeValueAsBytes(new Part(identity, rows.subList(from, to))));
            from = to;
        } while (from < rows.size());
        return parts;
    }

    static Content read(List<byte[]> parts) {
        var accounts = new HashMap<Account, Spend>();
        var identity = "";
        for (var json : parts) {
            var part = ContractJson.mapper().readValue(json, Part.class);
            identity = part.ledger();
            part.rows().forEach(row -> accounts.put(new Account(row.kind, row.id, row.currency), spend(row)));
        }
        return new Content(identity, accounts);
    }

    private static Row row(Account account, Spend spend) {
        return new Row(
                account.kind(),
                account.id(),
                account.currency(),
                spend.day(),
                spend.onDay().toPlainString(),
                spend.inMonth().toPlainString(),
                spend.total().toPlainString());
    }

    private static Spend spend(Row row) {
        return new Spend(
                row.day,
                new BigDecimal(row.onDay),
                new BigDecimal(row.inMonth),
                new BigDecimal(row.total),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }
}
