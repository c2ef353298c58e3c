package io.llmplatform.query.usage.cost;

import io.llmplatform.query.web.RefusedException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Money in parameters: as large and as exact as in the bodies of writes. */
final class Decimals {
    private static final Pattern PLAIN = Pattern.compile("\\d{1,10}(\\.\\d{1,10})?");
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    private Decimals() {}

    /** @throws RefusedException 400 when it is none */
    static @Nullable BigDecimal parse(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (PLAIN.matcher(text).matches()) {
            var amount = new BigDecimal(text);
            if (amount.compareTo(MOST) <= 0) {
                return amount;
            }
        }
        throw RefusedException.parameter(name, "'" + text + "' (expected 0 to 1000000000 with at most 10 decimals)");
    }
}
