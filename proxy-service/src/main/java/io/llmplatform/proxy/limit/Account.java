package io.llmplatform.proxy.limit;

import io.llmplatform.contracts.usage.UsageRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one subject spends in one currency. */
record Account(Subject.Kind kind, String id, String currency) {
    /** Those that the cost of this outcome belongs to. */
    static List<Account> of(UsageRecord outcome) {
        var accounts = new ArrayList<Account>(3);
        add(accounts, Subject.Kind.KEY, outcome.apiKeyId(), outcome.currency());
        add(accounts, Subject.Kind.USER, outcome.userId(), outcome.currency());
        add(accounts, Subject.Kind.TEAM, outcome.teamId(), outcome.currency());
        return accounts;
    }

    private static void add(List<Account> accounts, Subject.Kind kind, @Nullable String id, String currency) {
        if (id != null) {
            accounts.add(new Account(kind, id, currency));
        }
    }
}
