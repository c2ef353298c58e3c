package io.llmplatform.proxy.limit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A script with its keys and arguments, in the order that the script takes them in. */
record ScriptCall(RedisScript script, List<String> keys, List<String> args) {
    /** Leaves room for sums in 64 bits: about four thousand million of a currency. */
    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(4_000_000_000_000_000_000L);

    /** One slot of a cluster holds all keys: a script may touch no others. */
    private static final String PREFIX = "{llm-platform}:limit:";

    ScriptCall(RedisScript script) {
        this(script, new ArrayList<>(), new ArrayList<>());
    }

    ScriptCall arg(Object value) {
        args.add(value.toString());
        return this;
    }

    ScriptCall nanos(BigDecimal amount) {
        return arg(amount.movePointRight(9)
                .setScale(0, RoundingMode.UP)
                .min(MAX_NANOS)
                .toPlainString());
    }

    ScriptCall flag(boolean value) {
        return arg(value ? 1 : 0);
    }

    /** @param parts none may be chosen by a caller, who could otherwise make two keys one */
    ScriptCall key(Subject subject, String... parts) {
        keys.add(PREFIX + subject.kind() + ":" + subject.id() + ":" + String.join(":", parts));
        return this;
    }
}
