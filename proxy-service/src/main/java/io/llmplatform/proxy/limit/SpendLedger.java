package io.llmplatform.proxy.limit;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.journal.Carried;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What keys, users and teams have spent today, this month (UTC) and ever, by currency. Carried by the journal, so it
 * survives what the journal survives; spend from before the first journal with a ledger is not in it.
 *
 * <p>Beyond the given number of accounts those that were spent on the longest ago are forgotten, which can make a
 * difference to their {@code total} budgets only: who spent something this month is kept, and the ledger grows instead.
 * Thread-safe; readers wait for nobody.
 */
public final class SpendLedger implements Carried {
    /** About 5 MB at the head of each journal segment, 20 MB in memory. */
    public static final int DEFAULT_MAX_ACCOUNTS = 50_000;

    private final Map<Account, Spend> accounts = new ConcurrentHashMap<>();
    private final Map<String, List<Hold>> holds = new ConcurrentHashMap<>();
    private final int maxAccounts;
    private final Forgetting forgetting;
    private volatile String identity;

    /** @param freshIdentity unique; given up for the one in the journal when there is one */
    public SpendLedger(String freshIdentity, int maxAccounts) {
        this.identity = freshIdentity;
        this.maxAccounts = maxAccounts;
        this.forgetting = new Forgetting(accounts, maxAccounts);
    }

    /** Names this ledger for as long as its journal lives: gateways that share counters tell their parts apart by it. */
    String identity() {
        return identity;
    }

    /** Accounts with spend or reservations. */
    public int size() {
        return accounts.size();
    }

    /** Settled costs, whether the journal has them already or not. */
    BigDecimal certain(Account account, Budget.Period period, Instant now) {
        return accounts.getOrDefault(account, Spend.NONE).certain(period, now);
    }

    /** Settled costs and reservations. */
    BigDecimal committed(Account account, Budget.Period period, Instant now) {
        var spend = accounts.getOrDefault(account, Spend.NONE);
        return spend.certain(period, now).add(spend.held());
    }

    /** Reserves; the journal's outcome of the request will end it. */
    Hold hold(String requestId, List<Account> on, BigDecimal amount) {
        var hold = new Hold(requestId, on, amount);
        on.forEach(account -> update(account, hold::addTo));
        holds.merge(requestId, List.of(hold), (before, one) -> {
            var both = new ArrayList<>(before);
            both.addAll(one);
            return both;
        });
        return hold;
    }

    /** Replaces a reservation by its cost. Nothing happens when the outcome was there first. */
    void settle(Hold hold, BigDecimal cost) {
        synchronized (hold) {
            if (!hold.isHeld()) {
                return;
            }
            var settled = new Hold(hold.requestId, hold.accounts, cost);
            settled.due(cost);
            hold.accounts.forEach(account -> update(account, spend -> settled.addTo(hold.takeFrom(spend))));
            hold.due(cost);
            if (cost.signum() == 0) {
                hold.gone();
                holds.computeIfPresent(hold.requestId, (id, all) -> without(hold, all));
            }
        }
    }

    private static @Nullable List<Hold> without(Hold ended, List<Hold> all) {
        var rest = all.stream().filter(hold -> hold != ended).toList();
        return rest.isEmpty() ? null : rest;
    }

    @Override
    public void fold(UsageRecord outcome) {
        var cost = outcome.cost();
        List<Account> spending = cost.signum() > 0 ? Account.of(outcome) : new ArrayList<>();
        var end = outcome.at().plusMillis(outcome.latencyMs());
        UnaryOperator<Spend> plus = spend -> spend.plus(cost, outcome.at(), end);
        var ended = holds.remove(outcome.requestId());
        for (var hold : ended == null ? List.<Hold>of() : ended) {
            synchronized (hold) {
                for (var account : hold.accounts) {
                    boolean spends = spending.remove(account);
                    update(account, spend -> spends ? plus.apply(hold.takeFrom(spend)) : hold.takeFrom(spend));
                }
                hold.gone();
            }
        }
        spending.forEach(account -> update(account, plus));
        if (accounts.size() > maxAccounts) {
            forgetting.atMonthOf(end);
        }
    }

    @Override
    public List<byte[]> parts() {
        return LedgerParts.write(identity, accounts);
    }

    @Override
    public void restore(List<byte[]> parts) {
        var read = LedgerParts.read(parts);
        identity = read.identity();
        accounts.clear();
        accounts.putAll(read.accounts());
    }

    private void update(Account account, UnaryOperator<Spend> step) {
        accounts.compute(account, (key, spend) -> {
            var next = step.apply(spend == null ? Spend.NONE : spend);
            return next.isNothing() ? null : next;
        });
    }
}
