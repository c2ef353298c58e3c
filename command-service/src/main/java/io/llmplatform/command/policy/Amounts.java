package io.llmplatform.command.policy;

import io.llmplatform.command.http.FieldErrors;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of money in bodies. */
public final class Amounts {
    public static final Pattern CURRENCY = Pattern.compile("^[A-Z]{3}$");

    private static final BigDecimal HIGHEST = new BigDecimal("1000000000");
    private static final int MOST_DECIMALS = 10;

    private Amounts() {}

    /** An amount that may be absent and may be nothing. */
    public static void check(FieldErrors errors, String field, @Nullable BigDecimal amount) {
        errors.check(
                amount == null || isSane(amount),
                field,
                "expected 0 to " + HIGHEST + " with at most " + MOST_DECIMALS + " decimals");
    }

    /** An amount that must be there and be more than nothing. */
    static void checkPositive(FieldErrors errors, String field, @Nullable BigDecimal amount) {
        errors.present(field, amount);
        check(errors, field, amount);
        errors.check(amount == null || amount.signum() != 0, field, "must be more than 0");
    }

    /** One form for equal amounts, so that 2.5 and 2.50 are no change. */
    public static BigDecimal plain(BigDecimal amount) {
        var stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Bounds before any arithmetic: 1e1000000000 is a short text and an endless number. */
    private static boolean isSane(BigDecimal amount) {
        return amount.signum() >= 0
                && Math.abs((long) amount.scale()) <= 40
                && amount.precision() <= 40
                && amount.compareTo(HIGHEST) <= 0
                && amount.stripTrailingZeros().scale() <= MOST_DECIMALS;
    }
}
