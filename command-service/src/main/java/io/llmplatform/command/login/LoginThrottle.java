package io.llmplatform.command.login;

import io.llmplatform.command.refusal.TooManyAttempts;
import io.llmplatform.command.session.Sessions;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Slows down guessing, by account, by address and by both together ({@link ThrottleRule}), for all instances at once.
 * Where a person has logged in lately only their own failures from there count, so nobody elsewhere can lock them out.
 */
@Component
class LoginThrottle {
    private final ThrottleRows rows;
    private final TransactionTemplate transaction;
    private final Sessions sessions;
    private final Clock clock;

    LoginThrottle(ThrottleRows rows, PlatformTransactionManager transactions, Sessions sessions, Clock clock) {
        this.rows = rows;
        this.transaction = new TransactionTemplate(transactions);
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Counts an attempt as failed until it is taken back, so that attempts made at the same time count too.
     *
     * @param userId of the account of that name, if there is one
     * @throws TooManyAttempts during a pause
     */
    Attempt attempt(String username, @Nullable String userId, String address) {
        var account = username.toLowerCase(Locale.ROOT);
        var place = network(address);
        var keys = new ArrayList<ThrottleRows.Key>();
        // Asked for a name that nobody has too: the answer shall take as long.
        if (!sessions.isKnownAddress(userId == null ? "" : userId, address)) {
            keys.add(rows.key(ThrottleRule.ACCOUNT, account));
            keys.add(rows.key(ThrottleRule.ADDRESS, place));
        }
        keys.add(rows.key(ThrottleRule.PAIR, account + '\n' + place));
        return counted(keys);
    }

    /**
     * The same for a code of the account's second factor, once the password was right.
     *
     * @throws TooManyAttempts during a pause
     */
    Attempt codeAttempt(String userId) {
        return counted(List.of(rows.key(ThrottleRule.CODE, userId)));
    }

    private Attempt counted(List<ThrottleRows.Key> keys) {
        transaction.executeWithoutResult(_ -> count(keys, now()));
        return new Attempt(List.copyOf(keys));
    }

    /** Always in the order of the rules: two attempts never wait for each other. */
    private void count(List<ThrottleRows.Key> keys, Instant now) {
        var longest = Duration.ZERO;
        for (var key : keys) {
            var row = rows.lock(key, now);
            var rest = Duration.between(now, row.pausedUntil());
            longest = rest.compareTo(longest) > 0 ? rest : longest;
            int failures = (now.isBefore(row.forgetAt()) ? row.failures() : 0) + 1;
            rows.save(
                    key,
                    failures,
                    pausedUntil(now, key.rule().pause(failures)),
                    now.plus(key.rule().remembered()));
        }
        if (longest.isPositive()) {
            throw new TooManyAttempts(longest.plusSeconds(1)); // and nothing of it is stored
        }
    }

    private static Instant pausedUntil(Instant now, Duration pause) {
        return pause.isZero() ? ThrottleRows.NO_PAUSE : now.plus(pause);
    }

    /** As exact as PostgreSQL is, which would round it up: a pause that ends now must not seem to go on. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** An IPv6 customer has at least a /64 of addresses. */
    static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /** One that is under way; when nothing is said of it, it has failed. */
    final class Attempt {
        private final List<ThrottleRows.Key> keys;

        private Attempt(List<ThrottleRows.Key> keys) {
            this.keys = keys;
        }

        /** Forgets the failures of the account; those of the address stay, for they may be another's. */
        void succeeded() {
            transaction.executeWithoutResult(_ -> keys.forEach(key -> {
                if (key.rule() == ThrottleRule.ADDRESS) {
                    rows.takeBack(key);
                } else {
                    rows.forget(key);
                }
            }));
        }

        /** It came to no result, such as with the database away: as good as can be, it does not count. */
        void undecided() {
            try {
                transaction.executeWithoutResult(_ -> keys.forEach(key -> rows.takeBack(key)));
            } catch (DataAccessException | TransactionException e) {
                // What was in the way is told by the caller.
            }
        }
    }
}
