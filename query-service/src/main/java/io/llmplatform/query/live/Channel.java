package io.llmplatform.query.live;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a viewer may want to be told. */
enum Channel {
    TICK,
    AUDIT,
    LOG,
    /** Told to all. */
    AWAY;

    private final String wire = name().toLowerCase(Locale.ROOT);

    String wire() {
        return wire;
    }

    /** @param list names with commas between them, as the API document allows them */
    static Set<Channel> of(String list) {
        var wanted = EnumSet.of(AWAY);
        Arrays.stream(list.split(","))
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(wanted::add);
        return wanted;
    }
}
