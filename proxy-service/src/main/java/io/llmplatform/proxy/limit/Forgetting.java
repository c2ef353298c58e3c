package io.llmplatform.proxy.limit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a ledger near its bound. Forgets nobody who spent something this month, and what is still due or held; looks
 * through the accounts a tenth at a time, so that the walk over all of them stays rare when there is nothing to forget too.
 */
final class Forgetting {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);

    private final Map<Account, Spend> accounts;
    private final int maxAccounts;
    private final int tenth;
    private int nextWalkBeyond;
    private long walkedIn = Long.MIN_VALUE;
    private boolean warned;
    private int walks;

    Forgetting(Map<Account, Spend> accounts, int maxAccounts) {
        this.accounts = accounts;
        this.maxAccounts = maxAccounts;
        this.tenth = Math.max(1, maxAccounts / 10);
        this.nextWalkBeyond = maxAccounts;
    }

    /** To be called when there are more accounts than there should be. */
    synchronized void atMonthOf(Instant now) {
        long month =
                now.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).toEpochDay();
        if (accounts.size() <= nextWalkBeyond && month <= walkedIn) {
            return;
        }
        walkedIn = month;
        walks++;
        int forgotten = forgetFrom(month);
        boolean within = accounts.size() <= maxAccounts;
        nextWalkBeyond = within ? maxAccounts : accounts.size() + tenth;
        if (forgotten > 0) {
            LOG.info("spend ledger: over {} accounts, forgot the {} spent on the longest ago", maxAccounts, forgotten);
        }
        if (!within && !warned) {
            warned = true;
            LOG.warn("spend ledger: over {} accounts with spend this month, it grows beyond its bound", maxAccounts);
        }
    }

    synchronized int walks() {
        return walks;
    }

    private int forgetFrom(long month) {
        var days = accounts.values().stream()
                .filter(spend -> isPast(spend, month))
                .mapToLong(Spend::day)
                .sorted()
                .toArray();
        if (days.length == 0) {
            return 0;
        }
        int surplus = accounts.size() - maxAccounts + tenth;
        long upTo = days[Math.min(days.length, surplus) - 1];
        int forgotten = 0;
        for (var entry : accounts.entrySet()) {
            var spend = entry.getValue();
            if (forgotten < surplus && isPast(spend, month) && spend.day() <= upTo) {
                forgotten += accounts.remove(entry.getKey(), spend) ? 1 : 0;
            }
        }
        return forgotten;
    }

    private static boolean isPast(Spend spend, long month) {
        return spend.day() < month && !spend.isPending();
    }
}
